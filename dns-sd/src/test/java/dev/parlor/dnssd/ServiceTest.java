package dev.parlor.dnssd;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.jmdns.ServiceInfo;
import javax.jmdns.impl.ServiceInfoImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is registered, and what of it is taken. */
class ServiceTest {
    private static final int PORT = 7_914;

    private static ServiceInfo found(ServiceInfo registered, String... addresses) throws Exception {
        ServiceInfoImpl info = (ServiceInfoImpl) registered;
        for (String each : addresses) {
            InetAddress address = InetAddress.getByName(each);
            // As JmDNS does where such a record arrives.
            Class<?> kind = address instanceof Inet4Address ? Inet4Address.class : Inet6Address.class;
            Method add = ServiceInfoImpl.class.getDeclaredMethod("addAddress", kind);
            add.setAccessible(true);
            add.invoke(info, address);
        }
        return info;
    }

    @Test
    void whatIsRegisteredIsFound() throws Exception {
        ServiceInfo registered = Service.info("parlor-1", "id-1", PORT);
        assertThat(registered.getType()).isEqualTo("_parlor._udp.local.");
        assertThat(registered.getApplication()).as("at most 15 characters, says RFC 6763").isEqualTo("parlor");
        assertThat(Service.of(found(registered, "192.0.2.1", "2001:db8::1"))).isEqualTo(new Service("parlor-1", "id-1",
                List.of(new InetSocketAddress("192.0.2.1", PORT), new InetSocketAddress("2001:db8::1", PORT))));
    }

    @Test
    void eachRegistrationHasANameOfItsOwn() {
        assertThat(Service.info("parlor-1", "id-1", PORT).getName()).isNotEqualTo(Service.info("parlor-1", "id-1", PORT).getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "::1", "224.0.0.251", "ff02::fb", "169.254.1.1", "fe80::1"})
    void addressesThatLeadNowhereAreNot(String address) throws Exception {
        assertThat(Service.of(found(Service.info("parlor-1", "id-1", PORT), address))).isNull();
    }

    @Test
    void othersServicesAreNot() throws Exception {
        assertThat(Service.of(null)).isNull();
        assertThat(Service.of(Service.info("parlor-1", "id-1", PORT))).as("without an address").isNull();
        for (Map<String, String> text : List.of(Map.of("room", "parlor-1"), Map.of("id", "id-1"), Map.of("paper", "A4"))) {
            assertThat(Service.of(found(ServiceInfo.create(Service.TYPE, "x", PORT, 0, 0, text), "192.0.2.1"))).isNull();
        }
        assertThat(Service.of(found(Service.info("parlor-1", "id-1", 0), "192.0.2.1"))).as("without a port").isNull();
    }

    @Test
    void othersAreThoseOfTheRoomButOneself() {
        InetSocketAddress ben = new InetSocketAddress("192.0.2.2", PORT);
        InetSocketAddress eve = new InetSocketAddress("192.0.2.3", PORT);
        List<Service> all = List.of(new Service("parlor-1", "ada", List.of(new InetSocketAddress("192.0.2.1", PORT))),
                new Service("parlor-1", "ben", List.of(ben)), new Service("parlor-2", "eve", List.of(eve)));
        assertThat(Service.others(all, "parlor-1", "ada")).containsExactly(ben);
        assertThat(Service.others(all, "parlor-2", "ada")).containsExactly(eve);
        assertThat(Service.others(all, "parlor-3", "ada")).isEmpty();
    }

    @Test
    void ofManyAddressesSomeAreTaken() throws Exception {
        String[] many = new String[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = "192.0.2." + i;
        }
        Service found = Service.of(found(Service.info("parlor-1", "id-1", PORT), many));
        assertThat(found).isNotNull();
        assertThat(found.at()).hasSize(16);
    }

    @Test
    void theModuleShowsOnePackageAndThatOnePublicClass() throws Exception {
        Path place = Path.of(DnsSd.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        ModuleDescriptor module = ModuleFinder.of(place).findAll().iterator().next().descriptor();
        assertThat(module.name()).isEqualTo("dev.parlor.dnssd");
        assertThat(module.exports()).singleElement().satisfies(each -> {
            assertThat(each.source()).isEqualTo("dev.parlor.dnssd");
            assertThat(each.isQualified()).isFalse();
        });
        assertThat(List.of(Background.class, DnsSdSearch.class, Responder.class, Responders.class, Service.class, SteadyDns.class))
                .noneMatch(each -> Modifier.isPublic(each.getModifiers()));
        assertThat(DnsSd.discovery()).isSameAs(DnsSd.discovery()).hasToString("DNS-SD");
    }
}
