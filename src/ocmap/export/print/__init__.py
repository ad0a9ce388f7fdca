"""The map on paper: poster and brief."""
