package dev.parlor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON (RFC 8259) strictly, but numbers and null, which none of ours has. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object read(String text) {
        Json json = new Json(text);
        Object value = json.value();
        if (json.at != text.length()) {
            throw new AssertionError("more after the end: " + text.substring(json.at));
        }
        return value;
    }

    private Object value() {
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            default -> throw new AssertionError("no value at " + at + ": " + text.substring(at));
        };
    }

    private Object literal(String word, Object value) {
        word.chars().forEach(c -> take((char) c));
        return value;
    }

    private Map<String, Object> object() {
        Map<String, Object> read = new LinkedHashMap<>();
        take('{');
        while (text.charAt(at) != '}') {
            if (!read.isEmpty()) {
                take(',');
            }
            String name = string();
            take(':');
            if (read.put(name, value()) != null) {
                throw new AssertionError("twice: " + name);
            }
        }
        take('}');
        return read;
    }

    private List<Object> array() {
        List<Object> read = new ArrayList<>();
        take('[');
        while (text.charAt(at) != ']') {
            if (!read.isEmpty()) {
                take(',');
            }
            read.add(value());
        }
        take(']');
        return read;
    }

    private String string() {
        StringBuilder read = new StringBuilder();
        take('"');
        for (char c; (c = text.charAt(at)) != '"'; at++) {
            if (c < ' ') {
                throw new AssertionError("a control character at " + at);
            }
            read.append(c == '\\' ? escaped() : c);
        }
        take('"');
        return read.toString();
    }

    private char escaped() {
        char c = text.charAt(++at);
        if (c == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
        }
        if (c != '"' && c != '\\') {
            throw new AssertionError("an unknown escape at " + at);
        }
        return c;
    }

    private void take(char expected) {
        if (text.charAt(at) != expected) {
            throw new AssertionError("no " + expected + " at " + at + ": " + text.substring(at));
        }
        at++;
    }
}
