"""Drawings beside the map."""
