"""Who joins the network, seen by those who keep the directory: applications, claims, entries in double and stale."""
