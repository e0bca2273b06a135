"""The letters of a registration: which there are (`kinds`), their words (`wording`), what one is about (`matter`), and
how it is written (`writing`). Rules leave drafts through `events.mails`; the worker has them written here.
"""
