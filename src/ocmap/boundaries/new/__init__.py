"""Write a data package for any country, from a layer of its regions and the inputs of the shapes."""

from ocmap.boundaries.new.package import new_package

__all__ = ["new_package"]
