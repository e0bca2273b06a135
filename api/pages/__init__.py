"""What editors write, in the API: pages and the blocks of their stories."""
