//! Writing the marks out, place by place.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::keywords::{DEFINITIONS, either, insert, refer, refer_from, refer_into, references};
use super::modes;
use super::place::{self, Place};
use super::values;

/// An expansion on its way.
pub(super) struct Expansion<'s> {
    source: &'s Json,
    definitions: Map<String, Json>,
    for_people: bool,
}

impl<'s> Expansion<'s> {
    /// Of a source form; `for_people` with titles and patterns.
    pub(super) fn of(source: &'s Json, for_people: bool) -> Self {
        Self {
            source,
            definitions: modes::definitions(for_people),
            for_people,
        }
    }

    /// Writes everything into what is said of the plan as a whole.
    pub(super) fn plan(mut self, mut plan: Map<String, Json>) -> Json {
        insert(&mut plan, "type", json!("object"));
        let properties = self.properties(self.source, "#");
        insert(&mut plan, "properties", Json::Object(properties));
        insert(&mut plan, "additionalProperties", json!(false));
        // Definitions of the source that stand nowhere in the plan itself but in a mode.
        for name in modes::CITED {
            self.definition(name, Place::default());
        }
        if self.for_people {
            self.drop_unused(&plan);
        }
        insert(&mut plan, "$defs", Json::Object(self.definitions));
        Json::Object(plan)
    }

    /// Drops the definitions that no schema refers to, in as many rounds as they refer to each other.
    fn drop_unused(&mut self, plan: &Map<String, Json>) {
        let mut used = BTreeSet::new();
        plan.values()
            .for_each(|schema| references(schema, &mut used));
        let mut found = 0;
        while found < used.len() {
            found = used.len();
            for name in used.clone() {
                references(&self.definitions[&name], &mut used);
            }
        }
        self.definitions.retain(|name, _| used.contains(name));
    }

    /// The properties of an object whose schema is written at `pointer`.
    fn properties(&mut self, object: &Json, pointer: &str) -> Map<String, Json> {
        let own = object["properties"].as_object().into_iter().flatten();
        own.map(|(name, property)| {
            let pointer = format!("{pointer}/properties/{name}");
            (
                name.clone(),
                self.site(property, Place::of_property(property), &pointer),
            )
        })
        .collect()
    }

    /// A property or the items of a list: what it is called, then what may stand there.
    fn site(&mut self, json: &Json, place: Place, pointer: &str) -> Json {
        let mut site = Map::with_capacity(6);
        if self.for_people {
            place::annotate(&mut site, json);
            values::describe(&mut site, json, self.source);
        }
        self.shape(site, json, place, pointer)
    }

    fn shape(&mut self, site: Map<String, Json>, json: &Json, place: Place, at: &str) -> Json {
        if let Some(name) = json["$ref"]
            .as_str()
            .and_then(|path| path.strip_prefix(DEFINITIONS))
        {
            return refer_from(site, &self.definition(name, place));
        }
        if let Some(forms) = json["oneOf"].as_array() {
            return self.text_or_object(site, forms, place, at);
        }
        match json["type"].as_str() {
            Some("object") => self.object(site, json, place, at),
            Some("array") => self.list(site, json, place, at),
            _ => self.scalar(site, json, place),
        }
    }

    /// The name under which a definition of the source stands for a place, made on first use.
    fn definition(&mut self, name: &str, place: Place) -> String {
        let written = format!("{name}{}", place.suffix());
        if !self.definitions.contains_key(&written) {
            // Reserved first: a definition may cite itself.
            self.definitions.insert(written.clone(), Json::Null);
            let own = &self.source["$defs"][name];
            let expanded = self.site(own, place, &format!("{DEFINITIONS}{written}"));
            self.definitions.insert(written.clone(), expanded);
        }
        written
    }

    /// Read by the type of the value, so that an error is of the form that was meant.
    fn text_or_object(
        &mut self,
        mut site: Map<String, Json>,
        forms: &[Json],
        place: Place,
        at: &str,
    ) -> Json {
        let is_object = |form: &&Json| form["type"] == "object";
        let text = forms
            .iter()
            .find(|form| !is_object(form))
            .unwrap_or(&Json::Null);
        let object = forms.iter().find(is_object).unwrap_or(&Json::Null);
        let inside = Place::of_form(object, place);
        let mode = if inside.fact { None } else { place.mode() };
        let pointer = if mode.is_some() {
            format!("{at}/else/else")
        } else {
            format!("{at}/else")
        };
        let object = self.shape(Map::new(), object, inside, &pointer);
        insert(&mut site, "if", json!({ "type": "string" }));
        let text = self.shape(Map::new(), text, Place::default(), &format!("{at}/then"));
        insert(&mut site, "then", text);
        insert(
            &mut site,
            "else",
            match mode {
                Some(mode) => either(Map::new(), refer("has_mode"), mode, object),
                None => object,
            },
        );
        Json::Object(site)
    }

    fn list(&mut self, site: Map<String, Json>, json: &Json, place: Place, at: &str) -> Json {
        let mut list = self.bare_into(site, json);
        if let Some(mode) = place.mode() {
            // An object where a list belongs is meant as a mode.
            insert(&mut list, "type", json!(["array", "object"]));
            list = self.beside(list, &format!("or_{mode}"));
        }
        let items = &json["items"];
        let items = self.site(items, Place::of_item(items, place), &format!("{at}/items"));
        insert(&mut list, "items", items);
        Json::Object(list)
    }

    fn scalar(&mut self, site: Map<String, Json>, json: &Json, place: Place) -> Json {
        let Some(mode) = place.mode() else {
            return Json::Object(self.bare_into(site, json));
        };
        let fact = |site, scalar| either(site, json!({ "type": "object" }), mode, scalar);
        let Some(name) = place::scalar_name(json) else {
            return fact(site, self.bare(json));
        };
        let name = format!("{name}{}", place.suffix());
        if !self.definitions.contains_key(&name) {
            let shared = fact(Map::new(), self.bare(json));
            self.definitions.insert(name.clone(), shared);
        }
        refer_from(site, &name)
    }

    fn object(&mut self, site: Map<String, Json>, json: &Json, place: Place, at: &str) -> Json {
        let mut object = self.bare_into(site, json);
        let mut properties = self.properties(json, at);
        let (beside, definition) = place.beside();
        object = self.beside(object, definition);
        if self.for_people {
            properties.extend(beside.iter().map(|&key| (key.to_owned(), Json::Bool(true))));
        } else {
            // One pattern compiles in less time than so many properties.
            let pattern = format!("^({})$", beside.join("|"));
            insert(&mut object, "patternProperties", json!({ pattern: true }));
        }
        insert(&mut object, "properties", Json::Object(properties));
        insert(&mut object, "additionalProperties", Json::Bool(false));
        if let Some(required) = json.get("required") {
            if place.fact {
                insert(&mut object, "if", refer("mode"));
                insert(&mut object, "else", json!({ "required": required }));
            } else {
                insert(&mut object, "required", required.clone());
            }
        }
        if place.variants {
            insert(&mut object, "type", json!(["object", "array"]));
            insert(&mut object, "items", json!({ "$ref": at }));
        }
        Json::Object(object)
    }

    /// A definition beside other keywords. Editors resolve a reference by merging it with what stands
    /// beside it, key by key, and then properties and the paths of other references are lost.
    fn beside(&self, mut site: Map<String, Json>, definition: &str) -> Map<String, Json> {
        if !self.for_people {
            return refer_into(site, definition);
        }
        insert(&mut site, "allOf", json!([refer(definition)]));
        site
    }

    fn bare(&self, json: &Json) -> Json {
        Json::Object(self.bare_into(Map::new(), json))
    }

    /// What a value must be, without what is inside it and without its marks.
    fn bare_into(&self, mut site: Map<String, Json>, json: &Json) -> Map<String, Json> {
        for (key, value) in json.as_object().into_iter().flatten() {
            if place::DECIDES.contains(&key.as_str()) {
                insert(&mut site, key, value.clone());
            }
        }
        values::list(&mut site, json, self.for_people);
        let format = json["format"].as_str().filter(|_| self.for_people);
        if let Some(pattern) = format.and_then(place::pattern_of) {
            insert(&mut site, "pattern", json!(pattern));
        }
        site
    }
}
