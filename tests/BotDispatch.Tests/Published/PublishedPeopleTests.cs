using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BotDispatch.Tests.Adapters.Teams.Connector;
using BotDispatch.Tests.Employees;
using BotDispatch.Tests.Employees.Graph;
using BotDispatch.Voice.Speech;

namespace BotDispatch.Tests.Published;

/// <summary>Every source of people, every format of their files, and what says when they are called.</summary>
public sealed class PublishedPeopleTests
{
    const string Calendar = """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:W. Europe Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:1
        DTSTART;TZID=W. Europe Standard Time:20260105T000000
        DURATION:P1D
        RRULE:FREQ=DAILY
        EXDATE;TZID=W. Europe Standard Time:20260107T000000
        ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann.lee@example.com
        SUMMARY:On call
        END:VEVENT
        END:VCALENDAR
        """;

    [SlapdFact]
    public async Task People_come_from_a_directory_server_a_group_of_Slack_and_one_of_Microsoft_Entra_and_from_files_of_every_format()
    {
        using var slapd = new Slapd(1200);
        await using var graph = await PretendGraph.StartAsync();
        graph.Pages[0].AddRange([PretendGraph.User("gil", "Gil Graph", "+44 7700 900160", language: "de-DE"), PretendGraph.User("gus", "Gus Graph")]);
        graph.Mailboxes["gil"] = PretendGraph.Mailbox("W. Europe Standard Time");
        await using var world = await PublishedWorld.MakeAsync();
        await using var slack = await PublishedSlack.StartAsync(world);
        slack.Team.Scopes.UnionWith(["usergroups:read", "dnd:read", "users.profile:read"]);
        slack.Team.AddPerson(new() { Id = "U0NORA", Team = slack.Team.Id, Name = "nora", RealName = "Nora Berg", Email = "nora@example.com", Phone = "+44 7700 900150", TimeZone = "Europe/Oslo", Locale = "nb-NO" });
        slack.Team.UserGroups.Add(("S0ONCALL", "on-call", ["U0NORA"]));
        Write(world, ("people.csv", "id;name;email;phone;language;timezone;skills;hours;away\nann.lee;Ann Lee;ann.lee@example.com;07700 900101;en;Europe/London;lifts, doors;mon-fri 08:00-16:00;2026-12-24..2026-12-26\n"),
            ("people.yaml", "- &one {id: yan, name: Yannis, email: yan@example.com, phone: +30 697 123 4567, language: el, timezone: Europe/Athens}\n- {<<: *one, id: yota, name: Yota, email: yota@example.com}\n"),
            ("people.json", """[{"id":"jo","name":"Jo","email":"jo@example.com","phone":"+44 7700 900170","skills":["lifts",{"name":"doors"}]}]"""));
        Set(world, ("Employees:File", In(world, "people.csv")), ("Employees:MoreFiles:0", In(world, "people.yaml")), ("Employees:MoreFiles:1", In(world, "people.json")), ("Employees:DefaultRegion", "GB"), ("Employees:SlackGroup", "@on-call"),
            ("Employees:GraphGroup", PretendGraph.Group), ("Employees:GraphTenantId", graph.Options.GraphTenantId), ("Employees:GraphClientId", graph.Options.GraphClientId),
            ("Employees:GraphBaseAddress", graph.Options.GraphBaseAddress!.AbsoluteUri), ("Employees:GraphTokenAddress", graph.Options.GraphTokenAddress!.AbsoluteUri),
            ("Employees:GraphCertificatePath", CertificateFile(world)),
            ("Ldap:Server", $"ldap://127.0.0.1:{slapd.Port}"), ("Ldap:User", Slapd.Unlimited), ("Ldap:Password", Slapd.Password), ("Ldap:Base", "ou=people,dc=example,dc=org"),
            ("Ldap:TrustedCertificates", slapd.Trust), ("Ldap:PageSize", "100"), ("Ldap:Attributes:phone", "mobile,telephoneNumber"));
        var check = await world.CommandAsync("--check");
        foreach (var line in (string[])["Ldap:Server: 1200 people, 1200 of them can be called", "Employees:SlackGroup: 1 person, 1 of them can be called", "Employees:GraphGroup: 2 people, 1 of them can be called"])
            check.ShouldContain(line, customMessage: check);
        check.ShouldNotContain("Worth a look: Ldap");
        // By TLS from the first byte, too.
        Set(world, ("Ldap:Server", $"ldaps://127.0.0.1:{slapd.SecurePort}"));
        await world.StartAsync();
        var numbers = new Dictionary<string, string>
        {
            ["Person 7"] = "+442079460007",
            ["Nora Berg"] = "+447700900150",
            ["Gil Graph"] = "+447700900160",
            ["Ann Lee"] = "+447700900101",
            ["Yota"] = "+306971234567",
            ["Jo"] = "+447700900170",
        };
        foreach (var number in numbers.Values)
            world.Answers(number, "2");
        var card = await slack.DispatchAsync("/dispatch INC-1042", [.. numbers.Keys]);
        foreach (var name in numbers.Keys.Where(name => name != "Ann Lee"))
            await slack.ThreadAsync(card, $"{name} pressed 2: Rejected.");
        await world.UntilAsync(() => slack.Ops.RepliesTo(card).Any(reply => reply.Words.Contains("Ann Lee", StringComparison.Ordinal)), () => "nothing is said of her hours");
        (await slack.AskAsync("/dispatch list")).ShouldNotContain("cannot be read");
        await world.StopAsync();
        world.Settings.Remove("Employees:GraphCertificatePath");
        Set(world, ("Employees:GraphClientSecret", graph.Options.GraphClientSecret));
        (await world.CommandAsync("--check")).ShouldContain("Employees:GraphGroup: 2 people, 1 of them can be called");
    }

    [Fact]
    public async Task Rotations_shifts_holidays_and_calendars_decide_who_is_called_and_lists_in_which_order()
    {
        await using var feed = await StandIn.StartAsync();
        feed.Answer = (context, _) => StandIn.JsonAsync(context, 200, Calendar.ReplaceLineEndings("\r\n"));
        await using var world = await PublishedWorld.MakeAsync();
        await using var slack = await PublishedSlack.StartAsync(world);
        Write(world, ("on-call.ics", Calendar.Replace("ann.lee@", "priya.nair@", StringComparison.Ordinal)),
            ("shifts.yaml", $"""
                - rotation: Lifts
                  zone: Europe/Athens
                  starts: 2026-01-05
                  handover: mon 08:00
                  every: 1 week
                  people: [eleni.papadaki, jonas.weber@example.com]
                - shift: Front desk
                  hours: daily 00:00-24:00
                  not on: [Greece, Bavaria, Days]
                  people: [marcus.reed]
                - holidays: Greece
                  country: GR
                - holidays: Bavaria
                  country: DE
                  region: BY
                - holidays: Days
                  address: on-call.ics
                - calendar: Web
                  address: {feed.Address}on-call.ics
                - calendar: File
                  address: on-call.ics
                """),
            ("lists.yaml", "- {list: desk, name: The desk, members: [ann.lee, marcus.reed], order: longest since called, skills first: true, policy: {attempts: 1, retry pause: 1 s}}\n"));
        Set(world, ("Employees:Schedule", In(world, "shifts.yaml")), ("Employees:Lists", In(world, "lists.yaml")));
        var check = await world.CommandAsync("--check");
        check.ShouldContain("Schedule     1 rotation, 1 shift, 2 calendars, 3 calendars of holidays");
        check.ShouldContain("Lists        1 list");
        check.ShouldContain("calendars can be read");
        check.ShouldNotContain("Worth a look: Employees:Schedule: the");
        await world.StartAsync();
        var schedule = await slack.AskAsync("/dispatch schedule");
        foreach (var name in (string[])["Lifts", "Front desk", "Web", "File"])
            schedule.ShouldContain(name);
        (await slack.AskAsync("/dispatch oncall")).ShouldContain("Ann Lee");
        (await slack.AskAsync("/dispatch schedule desk")).ShouldContain("Ann Lee");
        await world.StopAsync();
    }

    [Fact]
    public async Task Everybody_is_phoned_in_their_own_language()
    {
        await using var world = await PublishedWorld.MakeAsync();
        await using var slack = await PublishedSlack.StartAsync(world);
        var rows = SpokenLanguage.Codes.Select((code, n) => $"p{n},Person {n},p{n}@example.com,+4477009002{n:00},{code},UTC,");
        Write(world, ("people.csv", $"id,name,email,phone,language,timezone,skills\n{string.Join('\n', rows)}\n"));
        Set(world, ("Employees:File", In(world, "people.csv")));
        await world.UseKeyAsync();
        await world.StartAsync();
        for (var n = 0; n < SpokenLanguage.Codes.Count; n++)
            world.Answers($"+4477009002{n:00}", n == SpokenLanguage.Codes.Count - 1 ? "1" : "2");
        var people = SpokenLanguage.Codes.Select((_, n) => $"p{n}").ToArray();
        var started = await world.AskAsync(HttpMethod.Post, "/api/dispatches", new { title = "Lift 2 & 3", priority = "P1", people }, 201);
        await world.UntilAsync(started.GetProperty("id").GetString()!, "Accepted");
        for (var n = 0; n < SpokenLanguage.Codes.Count; n++)
        {
            // What the same code says within this process.
            var (prompts, spoken) = (Prompts.For(SpokenLanguage.Codes[n]), string.Join(' ', world.SpokenTo($"+4477009002{n:00}")));
            spoken.ShouldContain(prompts.Options);
            spoken.ShouldContain(n == SpokenLanguage.Codes.Count - 1 ? prompts.AcceptedJob : prompts.Rejected);
        }
        await world.StopAsync();
    }

    static void Write(PublishedWorld world, params (string Name, string Content)[] files)
    {
        foreach (var (name, content) in files)
        {
            File.WriteAllText(Path.Combine(world.Folder, name), content);
            // As a file that nobody is writing just now.
            File.SetLastWriteTimeUtc(Path.Combine(world.Folder, name), DateTime.UtcNow.AddMinutes(-1));
        }
    }

    static void Set(PublishedWorld world, params (string Name, string Value)[] settings)
    {
        foreach (var (name, value) in settings)
            world.Settings[name] = value;
    }

    static string In(PublishedWorld world, string file) => Path.Combine(world.Folder, file);

    // With its key in one file, as openssl writes it.
    static string CertificateFile(PublishedWorld world)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=BotDispatch", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        var file = Path.Combine(world.Folder, "graph.pem");
        File.WriteAllText(file, key.ExportPkcs8PrivateKeyPem() + "\n" + made.ExportCertificatePem());
        return file;
    }
}
