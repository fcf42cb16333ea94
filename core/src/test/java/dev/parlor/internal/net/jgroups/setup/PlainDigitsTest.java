package dev.parlor.internal.net.jgroups.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainDigitsTest {
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "th-TH-u-nu-thai", "hi-IN-u-nu-deva", "mr-IN", "my-MM", "bn-BD", "ne-NP"})
    void theLanguageStaysAndTheDigitsArePlain(String tag) {
        Locale before = Locale.forLanguageTag(tag);
        Locale plain = PlainDigits.withPlainDigits(before);
        assertThat(DecimalFormatSymbols.getInstance(plain).getZeroDigit()).isEqualTo('0');
        assertThat(plain.getLanguage()).isEqualTo(before.getLanguage());
        assertThat(plain.getCountry()).isEqualTo(before.getCountry());
    }

    @ParameterizedTest
    @ValueSource(strings = {"th_TH_TH", "ar_EG_"})
    void aLocaleOfOldDoesSoAsWell(String name) {
        String[] parts = name.split("_", -1);
        @SuppressWarnings("deprecation") // the one way to such a locale
        Locale before = new Locale(parts[0], parts[1], parts[2]);
        assertThat(String.format(PlainDigits.withPlainDigits(before), "%d", 1234567890)).isEqualTo("1234567890");
    }
}
