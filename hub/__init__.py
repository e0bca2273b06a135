"""The Innovation Data Hub: indicators, roadmap, open data. Holds nothing yet; its place in the order is fixed."""
