"""Agreement of the coders, and checks of the texts: no persons, and the same as the source."""
