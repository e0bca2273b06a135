"""GraphQL over the rules: schema, view, limits, realtime."""
