//! What became of a job, in words: what does not stand, and why.

use super::{Carried, Stop};
use crate::text::Localized;

impl Carried {
    /// A sentence for each thing that is not as it was planned.
    pub fn told(&self) -> Vec<Localized> {
        let mut told: Vec<Localized> = self.stopped.iter().map(Stop::told).collect();
        // Why writing ended was said; of the writes themselves there may be many, for one reason.
        let errors = self.unposted.iter().filter_map(|it| it.error.as_ref());
        told.extend(errors.map(crate::forge::Error::told));
        if !self.unposted.is_empty() {
            let count = self.unposted.len();
            told.push(Localized::new(
                format!("{count} 項未能發布於平台，內容見本次輸出"),
                format!("{count} could not be posted; this run's output says them"),
            ));
        }
        let unasked = self.unasked.iter().map(|error| {
            let why = error.told();
            Localized::new(
                format!("未能邀請審查或標示標籤：{}", why.zh_tw),
                format!("could not ask for a review or set a label: {}", why.en),
            )
        });
        told.extend(unasked);
        let unset = self.unset.iter().map(|unset| {
            let (context, why) = (&unset.context, unset.error.told());
            Localized::new(
                format!("未能設定狀態「{context}」：{}", why.zh_tw),
                format!("could not set {context}: {}", why.en),
            )
        });
        told.extend(unset);
        // One refusal has many consequences, and is told once.
        let mut said = Vec::new();
        for sentence in told {
            if !said.contains(&sentence) {
                said.push(sentence);
            }
        }
        said
    }
}

impl Stop {
    /// Why the rest was not done.
    pub fn told(&self) -> Localized {
        match self {
            Self::Moved { to } => {
                let to = to.get(..7).unwrap_or(to);
                Localized::new(
                    format!("判定期間有新提交（{to}），本次不發布；由新提交之執行發布"),
                    format!("the head moved to {to} meanwhile; the run of that commit says it"),
                )
            }
            Self::NotOpen => Localized::new(
                "判定期間已關閉或合併，本次不發布",
                "it was closed or merged meanwhile; nothing was posted",
            ),
            Self::Locked => Localized::new(
                "討論已鎖定，無法留言；狀態仍予設定",
                "the conversation is locked: no comments, but statuses",
            ),
            Self::MayNotWrite(error) => {
                let why = error.told();
                Localized::new(
                    format!("權杖不可寫入（來自分支之請求即如此）：{}", why.zh_tw),
                    format!("the token may not write, as that of a fork: {}", why.en),
                )
            }
            Self::Overtaken { by } => Localized::new(
                format!("較新的執行（{by}）已接手，綠燈改由其設定"),
                format!("a later run ({by}) has taken over, and sets what is green"),
            ),
            Self::Failed(error) => error.told(),
        }
    }
}
