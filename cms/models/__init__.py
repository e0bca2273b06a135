from .image import CityImage, CityRendition

__all__ = ["CityImage", "CityRendition"]
