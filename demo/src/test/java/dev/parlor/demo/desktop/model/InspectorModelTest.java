package dev.parlor.demo.desktop.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Room;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the inspector shows of a room. */
class InspectorModelTest {
    private final Windows windows = new Windows();
    private final Windows.Window ada = windows.open("Ada");
    private Instant now = Instant.now();
    private final InspectorModel model = new InspectorModel(ada.room(), new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    });

    @AfterEach
    void close() {
        windows.close();
    }

    @Test
    void entriesByKeyWithWhatHasChangedLately() {
        Room room = ada.room();
        room.sessionData().put("b", "x".repeat(300));
        room.sessionData().put("a", 1);
        assertThat(model.rows("").rows()).extracting(InspectorModel.Row::key).containsExactly("a", "b");
        assertThat(model.rows("").rows().get(1).value()).hasSize(201).endsWith("…");
        now = now.plusSeconds(5);
        room.sessionData().put("a", 2);
        InspectorModel.Rows rows = model.rows("");
        assertThat(rows.rows().get(0).sinceChange()).isZero();
        assertThat(rows.rows().get(1).sinceChange()).isEqualTo(Duration.ofSeconds(5));
        assertThat(rows.rows().get(0).author()).isEqualTo("Ada");
        assertThat(model.rows(" A ").rows()).extracting(InspectorModel.Row::key).containsExactly("a");
        assertThat(model.summary()).contains("alone", "2 entries");
    }

    @Test
    void moreThanAnybodyReadsAreCounted() {
        ada.room().sessionData().update(batch -> {
            for (int i = 0; i < InspectorModel.MAX_ROWS + 10; i++) {
                batch.put("key" + i, i);
            }
        });
        assertThat(model.rows("").rows()).hasSize(InspectorModel.MAX_ROWS);
        assertThat(model.rows("").matching()).isEqualTo(InspectorModel.MAX_ROWS + 10);
    }

    @Test
    void ratesAreOfTheTimeBetweenSamples() {
        for (int i = 0; i < InspectorModel.SAMPLES + 5; i++) {
            model.sample(i * 2_000_000_000L);
        }
        assertThat(model.samples()).hasSize(InspectorModel.SAMPLES);
        for (int i = 0; i < 10; i++) {
            ada.room().sessionData().put("key", i);
        }
        model.sample((InspectorModel.SAMPLES + 6) * 2_000_000_000L);
        List<InspectorModel.Rates> samples = model.samples();
        assertThat(samples.get(samples.size() - 2).writes()).isZero();
        assertThat(samples.get(samples.size() - 1).writes()).as("ten in four seconds").isEqualTo(2.5);
    }
}
