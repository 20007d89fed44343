"""How values lie in memory and travel through calls, and what the runtime offers to lowered code."""
