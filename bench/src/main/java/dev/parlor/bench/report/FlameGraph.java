package dev.parlor.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Where threads were, as a flame graph in SVG (Gregg 2011): a bar for each frame above its caller, as wide as it was often seen. */
public final class FlameGraph {
    private static final int WIDTH = 1_200;
    private static final int BAR = 16;
    private static final int TOP = 30;
    private static final int BOTTOM = 26;
    /** Of a char of the font, about. */
    private static final double CHAR = 6.2;
    /** Frames that are less of the whole are left out, with all above them. */
    private static final double LEAST = 0.003;

    /** By the beginning of a class's name: how its frames are coloured, and called below. */
    private static final List<String[]> COLOURS = List.of(new String[] {"dev.parlor.bench", "#f4c27a", "bench"},
            new String[] {"dev.parlor", "#6fbfb5", "Parlor"}, new String[] {"org.jgroups", "#b7a5dc", "JGroups"},
            new String[] {"", "#d9d9d9", "JDK and others"});

    /** A frame, and those that it called. */
    private static final class Node {
        private final Map<String, Node> callees = new TreeMap<>();
        private long count;
    }

    private final Node root = new Node();
    private final StringBuilder svg = new StringBuilder();

    /** Adds a stack, the outermost first. */
    public void add(List<String> stack) {
        Node node = root;
        node.count++;
        for (String frame : stack) {
            node = node.callees.computeIfAbsent(frame, any -> new Node());
            node.count++;
        }
    }

    /** How many stacks there are. */
    public long count() {
        return root.count;
    }

    /** Draws it. */
    public String svg(String title) {
        int height = TOP + depth(root) * BAR + BOTTOM;
        svg.setLength(0);
        svg.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                + "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                + "<text x=\"4\" y=\"18\" font-size=\"14\" font-weight=\"bold\">%s, %,d samples</text>%n",
                WIDTH, height, WIDTH, height, escaped(title), root.count));
        drawCallees(root, 0, height - BOTTOM - BAR);
        legend(height - 8);
        return svg.append("</svg>\n").toString();
    }

    private boolean isSmall(Node node) {
        return node.count < LEAST * root.count;
    }

    private int depth(Node node) {
        return node.callees.values().stream().filter(callee -> !isSmall(callee)).mapToInt(callee -> 1 + depth(callee)).max().orElse(0);
    }

    private void drawCallees(Node node, double left, int y) {
        double x = left;
        for (Map.Entry<String, Node> each : node.callees.entrySet()) {
            Node callee = each.getValue();
            if (!isSmall(callee)) {
                double width = (double) callee.count / root.count * WIDTH;
                draw(each.getKey(), callee, x, y, width);
                drawCallees(callee, x, y - BAR);
                x += width;
            }
        }
    }

    private void draw(String frame, Node node, double x, int y, double width) {
        String shown = shortened(frame, (int) ((width - 4) / CHAR));
        svg.append(String.format(Locale.ROOT, "<g><title>%s %.1f%%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" "
                + "fill=\"%s\" stroke=\"white\" stroke-width=\"0.5\"/>", escaped(frame), 100.0 * node.count / root.count, x, y,
                width, BAR, colour(frame)[1]));
        if (!shown.isEmpty()) {
            svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>", x + 2, y + 12, escaped(shown)));
        }
        svg.append("</g>\n");
    }

    private void legend(int y) {
        int x = 4;
        for (String[] each : COLOURS) {
            svg.append(String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>"
                    + "<text x=\"%d\" y=\"%d\">%s</text>%n", x, y - 10, each[1], x + 16, y, each[2]));
            x += 120;
        }
    }

    private static String[] colour(String frame) {
        return COLOURS.stream().filter(each -> frame.startsWith(each[0])).findFirst().orElseThrow();
    }

    /** Class and method, or as much of that as there is room for; nothing if that says nothing. */
    private static String shortened(String frame, int chars) {
        int method = frame.lastIndexOf('.');
        String name = frame.substring(frame.lastIndexOf('.', method - 1) + 1);
        if (name.length() > chars) {
            name = frame.substring(method + 1);
        }
        return name.length() <= chars ? name : chars < 4 ? "" : name.substring(0, chars - 1) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
