"""Shapes, route lines, and the join of statements with regions."""
