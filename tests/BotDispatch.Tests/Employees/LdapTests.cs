using BotDispatch.Employees.File;
using BotDispatch.Employees.Ldap;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Employees;

/// <summary>
/// Against a real slapd (Debian's OpenLDAP 2.5). Seen with System.DirectoryServices.Protocols 10.0.15 on Linux: without ProtocolVersion 3 the server
/// refuses; an option that libldap lacks throws before any server is asked; StartTLS before any request goes to port 389 of this machine; and
/// slapd's size limit of 500 ends all pages together, with the last entries inside the exception.
/// </summary>
public sealed class LdapTests
{
    readonly ManualClock clock = new();
    readonly Logbook<LdapDirectory> log = new();

    [SlapdFact]
    public void Some_thousand_people_are_read_page_by_page_over_an_encrypted_connection()
    {
        using var server = new Slapd(2500);
        foreach (var address in (string[])[$"ldap://127.0.0.1:{server.Port}", $"ldaps://127.0.0.1:{server.SecurePort}"])
        {
            var directory = Make(Settings(server, address: address));
            directory.Refresh(default);
            directory.Notices().ShouldBeEmpty();
            var people = directory.Read();
            people.Length.ShouldBe(2500);
            var one = people.Single(each => each.Id.Value == "p1042");
            (one.Name, one.Email, one.Phone, one.Language, string.Join('+', one.Skills)).ShouldBe(("Person 1042", "p1042@example.org", "+442079461042", "en-GB", "lifts"));
        }
        log.Lines.ShouldContain("347 Information Read the directory server: 2500 people, 0 entries with problems");
    }

    [SlapdFact]
    public void A_list_that_the_server_cuts_is_said_and_never_takes_the_place_of_a_whole_one()
    {
        using var server = new Slapd(1200);
        var settings = Settings(server);
        settings.User = Slapd.Reader;
        var directory = Make(settings);
        directory.Refresh(default);
        directory.Read().Length.ShouldBe(500, "without a whole list, a part is better than nobody");
        directory.Notices().ShouldBe(["Ldap:Server: people are missing, because the server's size limit ends the search after 500 entries."]);

        settings.User = Slapd.Unlimited;
        directory.Refresh(default);
        directory.Read().Length.ShouldBe(1200);
        settings.User = Slapd.Reader;
        clock.Advance(TimeSpan.FromMinutes(15));
        directory.Refresh(default);
        directory.Read().Length.ShouldBe(1200, "people would vanish");
        directory.Notices().ShouldBe(["Ldap:Server: the directory cannot be read whole, the server's size limit ends the search after 500 entries; the copy in use is 15 min old."]);
    }

    [SlapdFact]
    public void While_the_server_is_down_its_last_copy_stays_and_after_its_restart_it_is_read_again()
    {
        using var server = new Slapd(20);
        var directory = Make(Settings(server));
        directory.Refresh(default);
        server.End();
        clock.Advance(TimeSpan.FromMinutes(20));
        directory.Refresh(default);
        directory.Read().Length.ShouldBe(20);
        directory.Notices().ShouldHaveSingleItem().ShouldStartWith("Ldap:Server: the directory cannot be read whole, it cannot be reached");
        directory.Notices()[0].ShouldEndWith("the copy in use is 20 min old.");
        server.Begin();
        directory.Refresh(default);
        directory.Notices().ShouldBeEmpty();
    }

    // The pages come over one connection; a restart breaks it somewhere among them.
    [SlapdFact]
    public void A_server_that_ends_in_the_middle_of_its_pages_never_leaves_a_part_in_place_of_the_whole()
    {
        using var server = new Slapd(2500);
        using var relay = new CutRelay(server.Port);
        var settings = Settings(server);
        var directory = Make(settings);
        directory.Refresh(default);
        directory.Read().Length.ShouldBe(2500);
        var address = settings.Server;
        foreach (var bytes in (int[])[60_000, 150_000, 300_000])
        {
            (relay.Left, settings.Server) = (bytes, $"ldap://127.0.0.1:{relay.Port}");
            directory.Refresh(default);
            relay.Left.ShouldBeLessThanOrEqualTo(0, "the connection was cut among the pages");
            directory.Read().Length.ShouldBe(2500);
            directory.Notices().ShouldHaveSingleItem().ShouldStartWith("Ldap:Server: the directory cannot be read whole, ");
        }
        settings.Server = address;
        directory.Refresh(default);
        directory.Notices().ShouldBeEmpty();
    }

    // OpenLDAP 2.5.13 answers a filter with what its schema does not have, as Active Directory's memberOf rule or "not disabled", with success and
    // nobody.
    [SlapdFact]
    public void A_filter_that_finds_nobody_is_said_and_nobody_vanishes_by_it()
    {
        using var server = new Slapd(20);
        var settings = Settings(server);
        var directory = Make(settings);
        directory.Refresh(default);
        foreach (var filter in (string[])["(memberOf:1.2.840.113556.1.4.1941:=cn=on-call,dc=example,dc=org)",
            "(&(objectClass=inetOrgPerson)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))", "(uid=nobody)"])
        {
            settings.Filter = filter;
            directory.Refresh(default);
            directory.Read().Length.ShouldBe(20);
            directory.Notices().ShouldHaveSingleItem().ShouldStartWith("Ldap:Server: the directory cannot be read whole, Ldap:Filter finds nobody");
        }
        Trouble(server, wrong => wrong.Filter = "(memberOf=cn=on-call,dc=example,dc=org)").ShouldStartWith("Ldap:Filter finds nobody below Ldap:Base");
    }

    [SlapdFact]
    public void What_is_wrong_is_said_so_that_it_can_be_mended()
    {
        using var server = new Slapd(3);
        Trouble(server, settings => settings.Password = "another").ShouldBe("it refuses the name or the password (Ldap:User, Ldap:Password)");
        Trouble(server, settings => settings.Base = "ou=nobody,dc=example,dc=org").ShouldBe("it has no such entry as Ldap:Base");
        Trouble(server, settings => settings.Filter = "(mail=*").ShouldBe("it does not understand Ldap:Filter");
        Trouble(server, settings => settings.TrustedCertificates = "").ShouldStartWith("the connection cannot be encrypted");
    }

    [SlapdFact]
    public void Parts_that_lie_on_other_servers_are_said()
    {
        using var server = new Slapd(3);
        var settings = Settings(server);
        settings.Base = "dc=example,dc=org";
        var directory = Make(settings);
        directory.Refresh(default);
        directory.Read().Length.ShouldBe(3);
        directory.Notices().ShouldBe(["Ldap:Server: people are missing, because 1 parts of the directory lie on other servers (referrals), which are not asked."]);
    }

    [Theory]
    [InlineData("Server", "dc.example.com", "Ldap:Server is not an address of a directory server")]
    [InlineData("Base", "", "Ldap:Base is not set")]
    [InlineData("Filter", "mail=*", "Ldap:Filter is not a filter")]
    [InlineData("Password", "", "Ldap:Password is not set")]
    [InlineData("StartTls", "", "Ldap:StartTls is false, so the password would cross the network")]
    [InlineData("Attributes", "fax", "Ldap:Attributes:fax is no field of an employee")]
    [InlineData("TrustedCertificates", "/no/such/folder", "Ldap:TrustedCertificates is no folder")]
    public void A_wrong_setting_stops_the_start_by_its_name(string setting, string value, string fault)
    {
        var options = new LdapOptions { Server = "ldap://dc.example.com", Base = "dc=example,dc=com", User = "reader", Password = "secret" };
        switch (setting)
        {
            case "Server": options.Server = value; break;
            case "Base": options.Base = value; break;
            case "Filter": options.Filter = value; break;
            case "Password": options.Password = value; break;
            case "StartTls": options.StartTls = false; break;
            case "TrustedCertificates": options.TrustedCertificates = value; break;
            default: options.Attributes[value] = "x"; break;
        }
        new LdapOptionsValidator().Validate(null, options).Failures.ShouldNotBeNull().ShouldHaveSingleItem().ShouldStartWith(fault);
    }

    [Fact]
    public void Without_a_server_nothing_is_wrong() => new LdapOptionsValidator().Validate(null, new()).Succeeded.ShouldBeTrue();

    string? Trouble(Slapd server, Action<LdapOptions> change)
    {
        var settings = Settings(server);
        change(settings);
        var directory = Make(settings);
        directory.Refresh(default);
        directory.Read().ShouldBeEmpty();
        return directory.Notices().ShouldHaveSingleItem()["Ldap:Server: the directory cannot be read whole, ".Length..].Split(';')[0];
    }

    static LdapOptions Settings(Slapd server, string? address = null) => new()
    {
        Server = address ?? $"ldap://127.0.0.1:{server.Port}",
        TrustedCertificates = server.Trust,
        User = Slapd.Unlimited,
        Password = Slapd.Password,
        Base = "ou=people,dc=example,dc=org",
        Attributes = { ["skills"] = "departmentNumber" },
    };

    LdapDirectory Make(LdapOptions options) => new(Options.Create(options), Options.Create(new EmployeesFileOptions()), clock, log);
}
