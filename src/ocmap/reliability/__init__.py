"""How far two coders agree, and what is checked of the texts."""
