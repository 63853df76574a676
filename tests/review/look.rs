//! How a summary looks, and that whatever a stranger writes in a plan is inert in it.
