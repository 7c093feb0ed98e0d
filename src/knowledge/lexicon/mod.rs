//! stub
use crate::model::*;
pub struct Lexicon {
    pub regions: (),
    pub units: (),
    pub platforms: PlatformBook,
    pub functions: FunctionBook,
}
pub struct PlatformBook {
    pub l: Vec<Platform>,
}
pub struct Platform {
    pub id: String,
    pub zh: String,
}
impl PlatformBook {
    pub fn get(&self, i: PlatformId) -> &Platform {
        &self.l[i.0 as usize]
    }
}
pub struct FunctionBook {
    pub l: Vec<Function>,
}
pub struct Function {
    pub id: String,
    pub zh: String,
    pub domain: String,
}
impl FunctionBook {
    pub fn get(&self, i: FunctionId) -> &Function {
        &self.l[i.0 as usize]
    }
}
impl Lexicon {
    pub fn load(_: Option<&str>) -> Result<Lexicon, String> {
        Ok(Lexicon {
            regions: (),
            units: (),
            platforms: PlatformBook {
                l: (0..5).map(|i| Platform { id: format!("p{i}"), zh: format!("平台{i}") }).collect(),
            },
            functions: FunctionBook {
                l: (0..20)
                    .map(|i| Function { id: format!("f{i}"), zh: format!("功能{i}"), domain: "x".into() })
                    .collect(),
            },
        })
    }
}
impl FunctionBook {
    pub fn iter(&self) -> impl Iterator<Item = (FunctionId, &Function)> {
        self.l.iter().enumerate().map(|(i, f)| (FunctionId(i as u16), f))
    }
}
pub mod fields;
