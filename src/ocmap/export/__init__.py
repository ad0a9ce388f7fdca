"""Write files and documents that leave the app."""
