"""Work in shards: what a shard is, and who does it (processes here, a cluster elsewhere). Knows nothing of reports."""
