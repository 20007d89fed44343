// Package shared is what the generated functions share. Lists, maps and structs are references, as in Quartz.
package shared

import (
	"math"
	"strconv"
	"strings"
)

// List is a list that whoever has it may change.
type List[T any] struct{ items []T }

func NewList[T any](items ...T) *List[T] { return &List[T]{items} }

func Words(text string) *List[string] { return &List[string]{strings.Split(text, " ")} }

// Items is a copy.
func (list *List[T]) Items() []T { return append([]T(nil), list.items...) }

func (list *List[T]) Size() int64 { return int64(len(list.items)) }

func (list *List[T]) Push(value T) { list.items = append(list.items, value) }

func (list *List[T]) Map(body func(T) T) *List[T] {
	mapped := make([]T, 0, len(list.items))
	for _, item := range list.items {
		mapped = append(mapped, body(item))
	}
	return &List[T]{mapped}
}

func (list *List[T]) Filter(body func(T) bool) *List[T] {
	var kept []T
	for _, item := range list.items {
		if body(item) {
			kept = append(kept, item)
		}
	}
	return &List[T]{kept}
}

func (list *List[T]) Reduce(start T, body func(T, T) T) T {
	for _, item := range list.items {
		start = body(start, item)
	}
	return start
}

// Entry is a number under a text.
type Entry struct {
	Key   string
	Value int64
}

// Counts has numbers by text, in the order in which they came. There are few of them.
type Counts struct{ entries []Entry }

func NewCounts(entries ...Entry) *Counts {
	counts := &Counts{}
	for _, entry := range entries {
		counts.Set(entry.Key, entry.Value)
	}
	return counts
}

func (counts *Counts) GetOr(key string, otherwise int64) int64 {
	for _, entry := range counts.entries {
		if entry.Key == key {
			return entry.Value
		}
	}
	return otherwise
}

func (counts *Counts) Set(key string, value int64) {
	for at := range counts.entries {
		if counts.entries[at].Key == key {
			counts.entries[at].Value = value
			return
		}
	}
	counts.entries = append(counts.entries, Entry{key, value})
}

func (counts *Counts) Update(key string, otherwise int64, body func(int64) int64) {
	counts.Set(key, body(counts.GetOr(key, otherwise)))
}

func Element(v *List[int64], index int64) int64 { return Pick(v, index, 0) }

func Shortened(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return text[:most]
}

func FirstFew[T any](v *List[T]) *List[T] {
	if v.Size() <= 8 {
		return v
	}
	return NewList(append([]T(nil), v.items[:8]...)...)
}

func FirstFewCounts(m *Counts) []Entry {
	most := len(m.entries)
	if most > 8 {
		most = 8
	}
	return append([]Entry(nil), m.entries[:most]...)
}

// Tagged is something of any type, with a tag.
type Tagged[T any] struct {
	Tag   string
	Value T
}

func Relabelled[T any](item Tagged[T], tag string) Tagged[T] { return Tagged[T]{tag, item.Value} }

func Pick[T any](v *List[T], index int64, otherwise T) T {
	size := v.Size()
	if size == 0 {
		return otherwise
	}
	return v.items[(index%size+size)%size]
}

// Weighted is what the structs of every part are.
type Weighted interface{ Weight() int64 }

func doubled[T Weighted](item T) int64 { return item.Weight() * 2 % 10007 }

func TotalWeight[T Weighted](items ...T) int64 {
	var total int64
	for _, item := range items {
		total = (total + doubled(item)) % 10007
	}
	return total
}

// Float is its argument, and no constant.
func Float(number float64) float64 { return number }

// IntOfFloat cuts the fraction off, and stays among the integers.
func IntOfFloat(number float64) int64 {
	switch {
	case number != number:
		return 0
	case number >= 1<<63:
		return math.MaxInt64
	case number < -(1 << 63):
		return math.MinInt64
	}
	return int64(number)
}

func IntOfBool(truth bool) int64 {
	if truth {
		return 1
	}
	return 0
}

// TextOfFloat is the shortest text that reads back as the number, with a fraction or an exponent.
func TextOfFloat(number float64) string {
	size := math.Abs(number)
	if number != 0 && (size < 1e-4 || size >= 1e16) {
		text := strconv.FormatFloat(number, 'e', -1, 64)
		mantissa, exponent, _ := strings.Cut(text, "e")
		power, _ := strconv.Atoi(exponent)
		return mantissa + "e" + strconv.Itoa(power)
	}
	text := strconv.FormatFloat(number, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

func FoldedCounts(m *Counts) int64 {
	total := int64(len(m.entries))
	for _, entry := range m.entries {
		total = (total*31 + int64(len(entry.Key))*7 + entry.Value) % 1000003
	}
	return total
}

func Folded(v *List[int64]) int64 {
	total := v.Size()
	for _, item := range v.items {
		total = (total*31 + item) % 1000003
	}
	return total
}

func FoldedText(text string) int64 {
	total := int64(len(text))
	for at := 0; at < len(text); at++ {
		total = (total*31 + int64(text[at])) % 1000003
	}
	return total
}
