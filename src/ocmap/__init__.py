"""ocmap: a map of organized crime in Peru in which every mark leads back to the sentence it rests on."""
