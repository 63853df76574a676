//! What trailers of commits and tags say of an edition.

/// The trailers that bear on a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trailers {
    /// `Issued`.
    pub issued: Option<String>,
    /// `Reviser`.
    pub reviser: Option<String>,
    /// `Approver`, a role title.
    pub approver: Option<String>,
    /// `Reason`, in their order.
    pub reasons: Vec<String>,
}

impl Trailers {
    /// Reads pairs of key and value; the first of a key counts, and every `Reason`. A line
    /// `Plan-Edition` says whose the lines after it are, so that one commit may speak of the plans
    /// of several agencies: by the edition, or by `<agency>/<edition>` where editions are the same.
    pub fn read<'t>(
        (agency, edition): (Option<&str>, &str),
        lines: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Self {
        let mut trailers = Self::default();
        let mut ours = true;
        for (key, value) in lines {
            let is = |name: &str| key.eq_ignore_ascii_case(name);
            if is("Plan-Edition") {
                let of_agency = value.rsplit_once('/').filter(|of| Some(of.0) == agency);
                ours = value == edition || of_agency.is_some_and(|of| of.1 == edition);
                continue;
            }
            if !ours || value.is_empty() {
                continue;
            }
            let set = |own: &mut Option<String>| {
                own.get_or_insert_with(|| value.to_owned());
            };
            match () {
                () if is("Issued") => set(&mut trailers.issued),
                () if is("Reviser") => set(&mut trailers.reviser),
                () if is("Approver") => set(&mut trailers.approver),
                () if is("Reason") => trailers.reasons.push(value.to_owned()),
                () => {}
            }
        }
        trailers
    }

    /// These, and what they do not say from others.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        let reasons = if self.reasons.is_empty() {
            others.reasons
        } else {
            self.reasons
        };
        Self {
            issued: self.issued.or(others.issued),
            reviser: self.reviser.or(others.reviser),
            approver: self.approver.or(others.approver),
            reasons,
        }
    }
}
