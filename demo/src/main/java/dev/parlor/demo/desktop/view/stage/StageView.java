package dev.parlor.demo.desktop.view.stage;

import dev.parlor.ParticipantId;
import dev.parlor.demo.desktop.model.Meeting;
import dev.parlor.demo.desktop.model.shown.MeetingState;
import dev.parlor.demo.desktop.model.shown.Person;
import dev.parlor.demo.desktop.state.Pointer;
import dev.parlor.demo.desktop.state.Reaction;
import dev.parlor.demo.desktop.view.part.Avatar;
import dev.parlor.demo.desktop.view.part.Icons;
import dev.parlor.demo.desktop.view.part.Ui;
import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.event.ActionEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.swing.AbstractAction;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.kordamp.ikonli.swing.FontIcon;

/** The stage: a tile for each participant, their pointers, and reactions that float up. */
public final class StageView extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int MARGIN = 4;
    private static final int FRAME_MILLIS = 33;
    private static final long FLOAT_NANOS = 2_200_000_000L;
    /** Reactions shown at once; a person who holds the button down must not fill the stage of others. */
    private static final int MAX_FLOATING = 60;
    private static final int REACTION_SIZE = 34;

    private final transient Meeting meeting;
    private final transient LongSupplier nanoTime;
    private final transient Map<ParticipantId, TileView> tiles = new HashMap<>();
    private final transient List<Floating> floating = new ArrayList<>();
    private final Timer animation = new Timer(FRAME_MILLIS, event -> animate());
    private final transient MouseAdapter mouse = new Mouse();
    private transient MeetingState state;
    private boolean pointing;

    private record Floating(ParticipantId who, Reaction reaction, long since, double drift) {}

    public StageView(Meeting meeting, LongSupplier nanoTime) {
        super(null);
        this.meeting = meeting;
        this.nanoTime = nanoTime;
        setOpaque(false);
        Ui.named(this, "stage", "Stage");
        addMouseListener(mouse);
        addMouseMotionListener(mouse);
    }

    /** Whether the mouse on the stage is shown to the others. */
    public void setPointing(boolean on) {
        pointing = on;
        if (!on) {
            meeting.point(null);
        }
    }

    public void show(MeetingState now) {
        state = now;
        Set<ParticipantId> present = now.people().stream().map(Person::id).collect(Collectors.toSet());
        tiles.entrySet().removeIf(each -> {
            if (!present.contains(each.getKey())) {
                remove(each.getValue());
                return true;
            }
            return false;
        });
        now.people().forEach(person -> tiles.computeIfAbsent(person.id(), id -> newTile()).show(person));
        doLayout();
        repaint();
    }

    public void react(ParticipantId who, Reaction reaction) {
        if (floating.size() < MAX_FLOATING) {
            floating.add(new Floating(who, reaction, nanoTime.getAsLong(), (floating.size() % 5 - 2) * 9.0));
            animation.start();
        }
    }

    private TileView newTile() {
        TileView tile = new TileView();
        tile.addMouseListener(mouse);
        tile.addMouseMotionListener(mouse);
        tile.getInputMap().put(KeyStroke.getKeyStroke("ENTER"), "stage");
        tile.getActionMap().put("stage", new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent event) {
                toggleOnStage(tile);
            }
        });
        add(tile);
        return tile;
    }

    private void toggleOnStage(TileView tile) {
        meeting.bringToStage(tile.person().id(), !tile.person().onStage());
    }

    @Override
    public void doLayout() {
        if (state == null) {
            return;
        }
        List<Person> featured = state.featured();
        List<Person> audience = state.audience();
        Rectangle area = new Rectangle(MARGIN, MARGIN, Math.max(1, getWidth() - 2 * MARGIN),
                Math.max(1, getHeight() - 2 * MARGIN));
        List<Rectangle> places = StageLayout.place(area, featured.size(), audience.size());
        tiles.values().forEach(tile -> tile.setVisible(false));
        for (int i = 0; i < places.size(); i++) {
            Person person = i < featured.size() ? featured.get(i) : audience.get(i - featured.size());
            TileView tile = tiles.get(person.id());
            tile.setBounds(places.get(i));
            tile.setVisible(true);
        }
    }

    private void animate() {
        long now = nanoTime.getAsLong();
        floating.removeIf(each -> now - each.since() > FLOAT_NANOS);
        if (floating.isEmpty()) {
            animation.stop();
        }
        repaint();
    }

    @Override
    protected void paintChildren(Graphics graphics) {
        super.paintChildren(graphics);
        if (state == null) {
            return;
        }
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        state.people().stream().filter(person -> person.presence().pointer() != null)
                .forEach(person -> paintPointer(g, person));
        floating.forEach(each -> paintFloating(g, each));
        g.dispose();
    }

    private void paintPointer(Graphics2D g, Person person) {
        Pointer at = person.presence().pointer();
        double x = at.x() * getWidth();
        double y = at.y() * getHeight();
        Path2D arrow = new Path2D.Double();
        arrow.moveTo(x, y);
        arrow.lineTo(x + 5, y + 17);
        arrow.lineTo(x + 9, y + 10);
        arrow.lineTo(x + 17, y + 8);
        arrow.closePath();
        Color colour = new Color(person.presence().colour());
        g.setColor(colour);
        g.fill(arrow);
        g.setColor(Avatar.textOn(colour));
        g.draw(arrow);
        if (!person.me()) {
            g.setFont(getFont());
            int width = g.getFontMetrics().stringWidth(person.name()) + 12;
            int height = g.getFontMetrics().getHeight() + 2;
            g.setColor(colour);
            g.fillRoundRect((int) x + 12, (int) y + 16, width, height, 8, 8);
            g.setColor(Avatar.textOn(colour));
            g.drawString(person.name(), (int) x + 18, (int) y + 17 + g.getFontMetrics().getAscent());
        }
    }

    private void paintFloating(Graphics2D graphics, Floating each) {
        TileView tile = tiles.get(each.who());
        if (tile == null || !tile.isVisible()) {
            return;
        }
        double part = Math.min(1, (nanoTime.getAsLong() - each.since()) / (double) FLOAT_NANOS);
        Rectangle bounds = tile.getBounds();
        Graphics2D g = (Graphics2D) graphics.create();
        g.setComposite(AlphaComposite.SrcOver.derive((float) Math.max(0, 1 - part * part)));
        FontIcon icon = FontIcon.of(Icons.of(each.reaction()), REACTION_SIZE, Icons.colourOf(each.reaction()));
        icon.paintIcon(this, g, (int) (bounds.getCenterX() - REACTION_SIZE / 2.0 + each.drift()),
                (int) (bounds.getCenterY() - part * bounds.height * 0.6));
        g.dispose();
    }

    /** Shows where the mouse is to the others, and brings people to the stage. */
    private final class Mouse extends MouseAdapter {
        @Override
        public void mouseMoved(MouseEvent event) {
            if (pointing) {
                Point at = SwingUtilities.convertPoint(event.getComponent(), event.getPoint(), StageView.this);
                meeting.point(new Pointer(Math.min(1, Math.max(0, at.x / (double) getWidth())),
                        Math.min(1, Math.max(0, at.y / (double) getHeight()))));
            }
        }

        @Override
        public void mouseDragged(MouseEvent event) {
            mouseMoved(event);
        }

        @Override
        public void mouseExited(MouseEvent event) {
            if (pointing && getMousePosition(true) == null) {
                meeting.point(null);
            }
        }

        @Override
        public void mousePressed(MouseEvent event) {
            if (event.getComponent() instanceof TileView tile) {
                tile.requestFocusInWindow();
                if (SwingUtilities.isRightMouseButton(event)) {
                    JPopupMenu menu = new JPopupMenu();
                    Ui.item(menu, "stage-menu", tile.person().onStage() ? "Take off the stage" : "Bring to the stage",
                            () -> toggleOnStage(tile));
                    menu.show(tile, event.getX(), event.getY());
                } else if (event.getClickCount() == 2) {
                    toggleOnStage(tile);
                }
            }
        }
    }
}
