"""What must outlive LocalStack, which keeps everything in memory: datasets, registry and ledger on disk.

Flow: `patch` sees every change of an object in these buckets and hands it to `folder`, which keeps one file per object
version (`record`); after a restart `restore` puts them back as they were, and `archive` sets an old ledger aside.
Only `patch` and `restore` know LocalStack's S3.
"""
