package dev.parlor.demo.tour.peer;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of the protocol between the tour and its peers: words separated by tabs. Tabs, line ends and backslashes
 * within a word are escaped, so that any text stays one word and any line one line.
 *
 * @param words the words, the first says what kind of line it is
 */
public record Line(List<String> words) {
    /** In a pattern, the word that any word matches. */
    public static final String ANY = "*";

    public Line {
        words = List.copyOf(words);
    }

    public static Line of(String... words) {
        return new Line(List.of(words));
    }

    public static Line of(String kind, List<String> more) {
        List<String> words = new ArrayList<>(more.size() + 1);
        words.add(kind);
        words.addAll(more);
        return new Line(words);
    }

    static Line parse(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("\t", -1)) {
            words.add(unescape(word));
        }
        return new Line(words);
    }

    String kind() {
        return words.get(0);
    }

    /** The words after the kind. */
    public List<String> arguments() {
        return words.subList(1, words.size());
    }

    /** The argument at a position, the empty text if there are fewer. */
    public String argument(int index) {
        return index + 1 < words.size() ? words.get(index + 1) : "";
    }

    /** Whether this line begins with the words of a pattern, in which {@link #ANY} stands for any one word. */
    boolean matches(Line pattern) {
        if (pattern.words.size() > words.size()) {
            return false;
        }
        for (int i = 0; i < pattern.words.size(); i++) {
            String wanted = pattern.words.get(i);
            if (!wanted.equals(ANY) && !wanted.equals(words.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The text that {@link #parse} makes this line of. */
    @Override
    public String toString() {
        return String.join("\t", words.stream().map(Line::escape).toList());
    }

    private static String escape(String word) {
        return word.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String word) {
        StringBuilder text = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\\' && i + 1 < word.length()) {
                i++;
                c = switch (word.charAt(i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> word.charAt(i);
                };
            }
            text.append(c);
        }
        return text.toString();
    }
}
