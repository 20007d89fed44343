//! What the generated functions share. Lists, maps and structs are shared references, as in Quartz.

use std::cell::RefCell;
use std::rc::Rc;

/// A list that whoever has it may change.
#[derive(Clone)]
pub struct List<T>(Rc<RefCell<Vec<T>>>);

impl<T: Clone> List<T> {
    pub fn new() -> Self {
        Self::from_items(Vec::new())
    }

    fn from_items(items: Vec<T>) -> Self {
        List(Rc::new(RefCell::new(items)))
    }

    pub fn items(&self) -> Vec<T> {
        self.0.borrow().clone()
    }

    pub fn size(&self) -> i64 {
        self.0.borrow().len() as i64
    }

    pub fn push(&self, value: T) {
        self.0.borrow_mut().push(value);
    }

    pub fn slice(&self, from: usize, to: usize) -> Self {
        Self::from_items(self.0.borrow()[from..to].to_vec())
    }

    pub fn map(&self, body: impl Fn(T) -> T) -> Self {
        Self::from_items(self.items().into_iter().map(body).collect())
    }

    pub fn filter(&self, body: impl Fn(T) -> bool) -> Self {
        Self::from_items(self.items().into_iter().filter(|x| body(x.clone())).collect())
    }

    pub fn reduce(&self, start: T, body: impl Fn(T, T) -> T) -> T {
        self.items().into_iter().fold(start, body)
    }
}

impl<T: Clone, const N: usize> From<[T; N]> for List<T> {
    fn from(items: [T; N]) -> Self {
        Self::from_items(items.to_vec())
    }
}

impl List<String> {
    pub fn words(text: &str) -> Self {
        Self::from_items(text.split(' ').map(str::to_string).collect())
    }
}

/// A field of a struct that whoever has it may change, where `Cell` does not do.
pub struct Slot<T>(RefCell<T>);

impl<T: Clone> Slot<T> {
    pub fn new(value: T) -> Self {
        Slot(RefCell::new(value))
    }

    pub fn get(&self) -> T {
        self.0.borrow().clone()
    }

    pub fn set(&self, value: T) {
        *self.0.borrow_mut() = value;
    }
}

/// Numbers by text, in the order in which they came. There are few of them.
#[derive(Clone)]
pub struct Counts(Rc<RefCell<Vec<(String, i64)>>>);

impl Counts {
    pub fn new() -> Self {
        Counts(Rc::new(RefCell::new(Vec::new())))
    }

    pub fn entries(&self) -> Vec<(String, i64)> {
        self.0.borrow().clone()
    }

    pub fn get_or(&self, key: &str, otherwise: i64) -> i64 {
        let entries = self.0.borrow();
        entries.iter().find(|entry| entry.0 == key).map_or(otherwise, |entry| entry.1)
    }

    pub fn set(&self, key: &str, value: i64) {
        let mut entries = self.0.borrow_mut();
        match entries.iter_mut().find(|entry| entry.0 == key) {
            Some(entry) => entry.1 = value,
            None => entries.push((key.to_string(), value)),
        }
    }

    pub fn update(&self, key: &str, otherwise: i64, body: impl Fn(i64) -> i64) {
        self.set(key, body(self.get_or(key, otherwise)));
    }
}

impl<const N: usize> From<[(&str, i64); N]> for Counts {
    fn from(entries: [(&str, i64); N]) -> Self {
        let counts = Counts::new();
        for (key, value) in entries {
            counts.set(key, value);
        }
        counts
    }
}

pub fn element(v: &List<i64>, index: i64) -> i64 {
    pick(v, index, 0)
}

pub fn shortened(mut text: String, most: usize) -> String {
    text.truncate(most);
    text
}

pub fn first_few<T: Clone>(v: List<T>) -> List<T> {
    if v.size() <= 8 { v } else { v.slice(0, 8) }
}

pub fn first_few_counts(m: &Counts) -> Vec<(String, i64)> {
    m.entries().into_iter().take(8).collect()
}

/// Something of any type, tagged; and what works on lists of anything.
#[derive(Clone)]
pub struct Tagged<T> {
    pub tag: String,
    pub value: T,
}

pub fn relabelled<T: Clone>(item: &Tagged<T>, tag: &str) -> Tagged<T> {
    Tagged { tag: tag.to_string(), value: item.value.clone() }
}

pub fn pick<T: Clone>(v: &List<T>, index: i64, otherwise: T) -> T {
    let items = v.0.borrow();
    if items.is_empty() {
        return otherwise;
    }
    items[index.rem_euclid(items.len() as i64) as usize].clone()
}

/// What the structs of every part have.
pub trait Weighted {
    fn weight(&self) -> i64;
    fn doubled(&self) -> i64 {
        self.weight() * 2 % 10007
    }
}

pub fn total_weight<T: Weighted>(items: &[Rc<T>]) -> i64 {
    let mut total = 0;
    for item in items {
        total = (total + item.doubled()) % 10007;
    }
    total
}

pub fn folded_counts(m: &Counts) -> i64 {
    let entries = m.entries();
    let mut total = entries.len() as i64;
    for (key, value) in entries {
        total = (total * 31 + key.len() as i64 * 7 + value) % 1000003;
    }
    total
}

pub fn folded(v: &List<i64>) -> i64 {
    let mut total = v.size();
    for x in v.items() {
        total = (total * 31 + x) % 1000003;
    }
    total
}

pub fn folded_text(text: &str) -> i64 {
    let mut total = text.len() as i64;
    for byte in text.bytes() {
        total = (total * 31 + byte as i64) % 1000003;
    }
    total
}
