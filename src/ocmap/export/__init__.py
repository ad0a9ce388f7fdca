"""Files and documents that leave the app."""
