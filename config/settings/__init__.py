"""Settings of the platform, all of them switched by environment variables alone.

Read in this order: `core` (paths, applications, middleware), `stores` (database, cache, Redis, files),
`languages`, `accounts` (allauth), `social` (other services to log in through), `security` (hosts, cookies,
content policy), `newsroom` (Wagtail), `platform` (what is ours: GraphQL bounds, tickets, mail).
"""

from .accounts import *  # noqa: F403
from .core import *  # noqa: F403
from .languages import *  # noqa: F403
from .newsroom import *  # noqa: F403
from .platform import *  # noqa: F403
from .security import *  # noqa: F403
from .social import *  # noqa: F403
from .stores import *  # noqa: F403
