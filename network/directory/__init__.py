"""Finding people and organisations: what is public of each entry, its words and facets, ranked by our own arithmetic.

`index` keeps one row for each entry that anybody may find; every process holds them in memory (`shelf`), a word and a
facet's value as a set of entries, and asks the database before each search only whether there is news. So the answer
is the same on every database, and counting the values of a facet is an intersection of bits.
"""
