// Read by n8n-core while it loads, so this file must be imported before anything of n8n-core.
process.env.N8N_LOG_LEVEL ??= 'silent';
process.env.N8N_DIAGNOSTICS_ENABLED ??= 'false';
