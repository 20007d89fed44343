//! What the generated functions share. Lists, maps and structs are pointers, as in Quartz; nothing is freed.

const std = @import("std");

pub const Environment = std.process.Init;
pub const String = []const u8;

var arena = std.heap.ArenaAllocator.init(std.heap.page_allocator);

/// Prints what a program computed.
pub fn show(environment: Environment, total: i64) !void {
    var buffer: [32]u8 = undefined;
    var writer: std.Io.File.Writer = .init(.stdout(), environment.io, &buffer);
    try writer.interface.print("{d}\n", .{total});
    try writer.interface.flush();
}

fn sure(comptime T: type, made: error{OutOfMemory}!T) T {
    return made catch @panic("out of memory");
}

/// A struct that whoever has the pointer may change.
pub fn new(value: anytype) *@TypeOf(value) {
    const made = sure(*@TypeOf(value), arena.allocator().create(@TypeOf(value)));
    made.* = value;
    return made;
}

/// A list that whoever has it may change.
pub fn List(comptime T: type) type {
    return struct {
        const Self = @This();

        kept: std.ArrayList(T) = .empty,

        pub fn items(self: *const Self) []const T {
            return self.kept.items;
        }

        pub fn copy(self: *const Self) []const T {
            return sure([]T, arena.allocator().dupe(T, self.kept.items));
        }

        pub fn size(self: *const Self) i64 {
            return @intCast(self.kept.items.len);
        }

        pub fn push(self: *Self, value: T) void {
            sure(void, self.kept.append(arena.allocator(), value));
        }

        pub fn pushAll(self: *Self, values: []const T) void {
            sure(void, self.kept.appendSlice(arena.allocator(), values));
        }
    };
}

pub fn list(comptime T: type, items: []const T) *List(T) {
    const made = new(List(T){});
    made.pushAll(items);
    return made;
}

pub const Entry = struct { key: String, value: i64 };

/// Numbers by text, in the order in which they came. There are few of them.
pub const Counts = struct {
    entries: List(Entry) = .{},

    pub fn getOr(self: *const Counts, key: String, otherwise: i64) i64 {
        for (self.entries.items()) |entry| if (same(entry.key, key)) return entry.value;
        return otherwise;
    }

    pub fn set(self: *Counts, key: String, value: i64) void {
        for (self.entries.kept.items) |*entry| {
            if (same(entry.key, key)) {
                entry.value = value;
                return;
            }
        }
        self.entries.push(.{ .key = key, .value = value });
    }
};

pub fn counts(entries: []const Entry) *Counts {
    const made = new(Counts{});
    for (entries) |entry| made.set(entry.key, entry.value);
    return made;
}

pub fn text(comptime form: []const u8, values: anytype) String {
    return sure([]u8, std.fmt.allocPrint(arena.allocator(), form, values));
}

pub fn words(line: String) *List(String) {
    const made = list(String, &.{});
    var rest = std.mem.splitScalar(u8, line, ' ');
    while (rest.next()) |word| made.push(word);
    return made;
}

pub fn joined(parts: *const List(String)) String {
    return sure([]u8, std.mem.join(arena.allocator(), ",", parts.items()));
}

pub fn contains(line: String, letter: u8) bool {
    return std.mem.findScalar(u8, line, letter) != null;
}

pub fn same(one: String, other: String) bool {
    return std.mem.eql(u8, one, other);
}

pub fn replaced(line: String, letter: u8) String {
    const copy = sure([]u8, arena.allocator().dupe(u8, line));
    std.mem.replaceScalar(u8, copy, letter, '_');
    return copy;
}

pub fn shortened(line: String, most: usize) String {
    return line[0..@min(line.len, most)];
}

pub fn element(v: *const List(i64), index: i64) i64 {
    return pick(i64, v, index, 0);
}

pub fn pick(comptime T: type, v: *const List(T), index: i64, otherwise: T) T {
    if (v.size() == 0) return otherwise;
    return v.items()[@intCast(@mod(index, v.size()))];
}

pub fn firstFew(comptime T: type, v: *List(T)) *List(T) {
    return if (v.size() <= 8) v else list(T, v.items()[0..8]);
}

pub fn firstFewCounts(m: *const Counts) []const Entry {
    const copy = m.entries.copy();
    return copy[0..@min(copy.len, 8)];
}

/// Something of any type, tagged.
pub fn Tagged(comptime T: type) type {
    return struct { tag: String, value: T };
}

pub fn relabelled(comptime T: type, item: Tagged(T), tag: String) Tagged(T) {
    return .{ .tag = tag, .value = item.value };
}

fn doubled(comptime T: type, item: *const T) i64 {
    return @rem(item.weight() * 2, 10007);
}

pub fn totalWeight(comptime T: type, items: []const *T) i64 {
    var total: i64 = 0;
    for (items) |item| total = @rem(total + doubled(T, item), 10007);
    return total;
}

/// The argument, which is no constant.
pub fn float(number: f64) f64 {
    return number;
}

/// Cuts the fraction off, and stays among the integers.
pub fn intOfFloat(number: f64) i64 {
    return std.math.lossyCast(i64, number);
}

/// The shortest text that reads back as the number, with a fraction or an exponent.
pub fn textOfFloat(number: f64) String {
    const size = @abs(number);
    if (number != 0 and (size < 1e-4 or size >= 1e16)) return text("{e}", .{number});
    const digits = text("{d}", .{number});
    return if (contains(digits, '.')) digits else text("{s}.0", .{digits});
}

pub fn quoted(line: String) String {
    var made = List(u8){};
    made.push('"');
    for (line) |byte| {
        if (byte == '"' or byte == '\\') made.push('\\');
        made.push(byte);
    }
    made.push('"');
    return made.items();
}

pub fn foldedCounts(m: *const Counts) i64 {
    var total = m.entries.size();
    for (m.entries.items()) |entry| {
        total = @rem(total * 31 + @as(i64, @intCast(entry.key.len)) * 7 + entry.value, 1000003);
    }
    return total;
}

pub fn folded(v: *const List(i64)) i64 {
    var total = v.size();
    for (v.items()) |item| total = @rem(total * 31 + item, 1000003);
    return total;
}

pub fn foldedText(line: String) i64 {
    var total: i64 = @intCast(line.len);
    for (line) |byte| total = @rem(total * 31 + byte, 1000003);
    return total;
}
