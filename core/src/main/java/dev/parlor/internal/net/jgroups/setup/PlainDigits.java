package dev.parlor.internal.net.jgroups.setup;

import dev.parlor.internal.log.Log;
import java.text.DecimalFormatSymbols;
import java.util.IllformedLocaleException;
import java.util.Locale;

/**
 * JGroups (5.5.7) makes the format of a time by a format, and in the digits of the JVM's format locale: where these are not 0 to 9,
 * as in Arabic or Persian, the result is no format, and each join and each change of members ends in an exception.
 */
public final class PlainDigits {
    private static final Log LOG = Log.of(PlainDigits.class);

    private PlainDigits() {}

    /** Has the JVM format numbers with the digits 0 to 9, if it does not. All else of its language stays. */
    public static void require() {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        // Most often; and then the classes below need not be loaded.
        if (before.getLanguage().equals("en") && !before.hasExtensions()
                || DecimalFormatSymbols.getInstance(before).getZeroDigit() == '0') {
            return;
        }
        Locale plain = withPlainDigits(before);
        Locale.setDefault(Locale.Category.FORMAT, plain);
        LOG.warn("numbers are formatted with the digits 0 to 9 in this JVM from now on ({} in place of {}), since JGroups cannot "
                + "work with others: begin with Locale.setDefault(Locale.Category.FORMAT, …) to choose otherwise",
                plain.toLanguageTag(), before.toLanguageTag());
    }

    static Locale withPlainDigits(Locale locale) {
        try {
            return new Locale.Builder().setLocale(locale).setUnicodeLocaleKeyword("nu", "latn").build();
        } catch (IllformedLocaleException e) {
            return Locale.ROOT;
        }
    }
}
