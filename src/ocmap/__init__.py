"""ocmap: a map of organized crime in a country in which every mark leads back to the sentence it rests on."""
