"""What editors write: pages, blocks, images, and the admin views of the domain models."""
