"""What the room's own screens and endpoints ask for."""

from chengyun.kernel.access import Permission, declare

declare(
    Permission("accounts.read", "查看部门、岗位和人员", "See departments, posts and people"),
    Permission("accounts.manage", "管理人员、岗位和授权", "Manage people, posts, roles and grants"),
    Permission("accounts.personal", "查看人员联系方式（留痕）", "See people's contacts unmasked (logged)"),
    Permission("accounts.duties", "管理责任归属", "Manage who answers for areas, facilities and classes"),
    Permission("accounts.roster", "编排值班", "Edit the duty roster"),
    Permission("accounts.tokens", "管理接口令牌", "Issue and revoke API tokens"),
    Permission("accounts.looks", "查看敏感信息查阅记录", "See who looked at personal data"),
)
