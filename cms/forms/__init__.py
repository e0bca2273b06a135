"""Forms of the newsroom: doors that parse, call one rule and word its refusal."""
