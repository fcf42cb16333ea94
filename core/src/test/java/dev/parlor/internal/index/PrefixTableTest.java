package dev.parlor.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.SeededRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrefixTableTest {
    private final Random random = SeededRandom.of(this);

    /** Of few letters, so that many begin alike; "Aa" and "BB" have the same hash. */
    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most) + 1; i > 0; i--) {
            text.append(List.of("a", "b", "/", "Aa", "BB").get(random.nextInt(5)));
        }
        return text.toString();
    }

    @Test
    void itFindsJustThePrefixesThatAKeyBeginsWithAndIsLongerThan() {
        for (int round = 0; round < 300; round++) {
            PrefixTable<String> table = new PrefixTable<>();
            Set<String> prefixes = new HashSet<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                String prefix = text(4);
                if (prefixes.add(prefix)) {
                    table.add(prefix, "of " + prefix);
                }
            }
            assertThat(table.size()).isEqualTo(prefixes.size());
            for (int i = 0; i < 100; i++) {
                String key = text(7);
                List<String> expected = prefixes.stream().filter(prefix -> key.startsWith(prefix) && key.length() > prefix.length())
                        .sorted((one, other) -> one.length() - other.length()).toList();
                List<String> found = new ArrayList<>();
                table.forEachOf(key, (prefix, of) -> found.add(prefix));
                assertThat(found).isEqualTo(expected);
                assertThat(table.longestWithin(key)).isEqualTo(expected.isEmpty() ? null : "of " + expected.get(expected.size() - 1));
                assertThat(table.get(key)).isEqualTo(prefixes.contains(key) ? "of " + key : null);
            }
        }
    }
}
