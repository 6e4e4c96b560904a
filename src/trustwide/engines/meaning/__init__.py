"""What a text means, as a vector: one small language model that a package carries, for every engine that asks."""

from trustwide.engines.meaning.model import LENGTH, PACKAGE, ModelMissingError, Vectors, is_installed, vectors

__all__ = ["LENGTH", "PACKAGE", "ModelMissingError", "Vectors", "is_installed", "vectors"]
