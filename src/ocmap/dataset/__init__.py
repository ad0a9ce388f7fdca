"""The data package: its schema, reader, validation and generated description."""
