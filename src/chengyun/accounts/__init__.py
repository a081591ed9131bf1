"""Who may do what, where: departments, posts, people, grants, and the policy behind the kernel's two doors."""
