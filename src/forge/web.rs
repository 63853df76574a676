//! Addresses of a repository at the forge, as GitHub and those who follow it make them.

use crate::report::pull_request::Links;

/// Where a pull request is read and edited.
#[derive(Debug, Clone)]
pub struct Web {
    /// The repository, `https://host/owner/name`, without a slash at its end; empty where it is not
    /// known, and then there are no links.
    pub address: String,
    /// The head of the pull request.
    pub head: String,
    /// `owner/name` of the repository it comes from, and the branch there; `None` where that is gone.
    pub branch: Option<(String, String)>,
}

impl Links for Web {
    fn line(&self, path: &str, line: usize) -> String {
        if self.address.is_empty() {
            return String::new();
        }
        let (head, path) = (&self.head, encoded(path));
        format!("{}/blob/{head}/{path}#L{line}", self.address)
    }

    fn edit(&self, path: &str, line: usize) -> Option<String> {
        let (repository, branch) = self.branch.as_ref()?;
        let mut parts = self.address.splitn(4, '/');
        let (scheme, host) = (parts.next()?, parts.nth(1)?);
        let (repository, branch, path) = (encoded(repository), encoded(branch), encoded(path));
        Some(format!(
            "{scheme}//{host}/{repository}/edit/{branch}/{path}#L{line}"
        ))
    }
}

/// A path in an address: bytes that would end or open something are written by their number.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_nothing_that_ends_them() {
        let web = Web {
            address: "https://forge.example/jia/plans".to_owned(),
            head: "0a1b".to_owned(),
            branch: Some(("yi/plans".to_owned(), "改 版)#1".to_owned())),
        };
        assert_eq!(
            web.line("plans/民政/plan.yaml", 3),
            "https://forge.example/jia/plans/blob/0a1b/plans/%E6%B0%91%E6%94%BF/plan.yaml#L3"
        );
        assert_eq!(
            web.edit("plans/a/plan.yaml", 3).as_deref(),
            Some(
                "https://forge.example/yi/plans/edit/%E6%94%B9%20%E7%89%88%29%231/plans/a/plan.yaml#L3"
            )
        );
    }
}
