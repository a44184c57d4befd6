using System.Security.Cryptography.X509Certificates;
using BotDispatch.PretendTeams;
using BotDispatch.PretendTeams.Driver;
using BotDispatch.PretendTeams.Identity;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.Tests.Published;

/// <summary>A tenant of Teams behind https on this machine, with a dispatcher in a channel. Each side wants the other's tokens.</summary>
internal sealed class PublishedTeams : IAsyncDisposable
{
    const int MostTries = 5;
    const string TenantId = "22222222-0000-4000-8000-000000000002";

    readonly StandInServer server;
    readonly PublishedWorld world;

    PublishedTeams(StandInServer server, PublishedWorld world)
    {
        (this.server, this.world) = (server, world);
        var tenant = Teams.AddTenant(TenantId, "Acme");
        Dana = Teams.User(tenant.AddPerson("Dana Dispatcher", "dana@example.com"));
        Ops = tenant.AddChannel("Operations", "ops", Dana.Person);
    }

    TeamsStandIn Teams => server.Teams;

    public TeamsUser Dana { get; }

    public Place Ops { get; }

    /// <summary>What Teams complained of, but for a pace that the program kept and a busy machine delivered together.</summary>
    public IReadOnlyList<PretendTeams.Complaint> Complaints => [.. Teams.Complaints.Where(each => !each.What.StartsWith("too fast", StringComparison.Ordinal))];

    /// <summary>Makes it, and sets the program up for it, with a password or with a certificate of its own.</summary>
    public static async Task<PublishedTeams> StartAsync(PublishedWorld world, bool byCertificate)
    {
        var options = new StandInOptions { AppId = Guid.NewGuid().ToString(), AppAddress = world.Address };
        var trusted = Path.Combine(world.Folder, "trusted.pem");
        var teams = new PublishedTeams(await StandInServer.StartAsync(TimeProvider.System, options, LocalCertificate.Make(trusted)), world);
        if (byCertificate)
        {
            options.AppCertificate = LocalCertificate.Make(Path.Combine(world.Folder, "app.pem"));
            var file = Path.Combine(world.Folder, "app.pfx");
            await File.WriteAllBytesAsync(file, options.AppCertificate.Export(X509ContentType.Pkcs12, "of the file"));
            world.Settings["Teams:CertificatePath"] = file;
            world.Settings["Teams:CertificatePassword"] = "of the file";
        }
        else
        {
            world.Settings["Teams:AppPassword"] = options.AppPassword;
        }
        world.Settings["SSL_CERT_FILE"] = trusted;
        world.Settings["Teams:AppId"] = options.AppId;
        world.Settings["Teams:TenantId"] = TenantId;
        world.Settings["Teams:OpenIdMetadataAddress"] = options.MetadataAddress.AbsoluteUri;
        world.Settings["Teams:TokenAddress"] = options.TokenAddress.AbsoluteUri;
        world.Settings["Teams:AllowedServiceUrls:0"] = options.ServiceUrl.GetLeftPart(UriPartial.Authority);
        return teams;
    }

    /// <summary>Types the command, picks these people in this order, sends the dialog, and returns the card.</summary>
    public async Task<Post> DispatchAsync(string ticket, params string[] people)
    {
        await Dana.SayAsync($"@BotDispatch dispatch {ticket}", Ops);
        var asked = await world.FindAsync(() => Ops.Everything.FirstOrDefault(each => each.IsFromBot && each.Buttons.Contains("Choose people")), "nobody can choose");
        // A busy machine may be too slow for the three seconds of a chat, and then a person tries it again.
        for (var tries = 0; Dana.Dialog?.Buttons.Contains("Dispatch") != true && tries < MostTries; tries++)
            await (Dana.Dialog is null ? Dana.PressAsync(asked, "Choose people") : Dana.SubmitAsync("Try again"));
        await Dana.PickAsync(Dana.Dialog.ShouldNotBeNull(world.Program.Said).Form, "people", people);
        for (var tries = 0; Dana.Dialog is { } dialog && tries < MostTries; tries++)
            await Dana.SubmitAsync(dialog.Buttons.Contains("Dispatch") ? "Dispatch" : "Try again");
        return await world.FindAsync(() => Ops.Posts.FirstOrDefault(each => each.IsFromBot && each.Words.Contains("Asked for by", StringComparison.Ordinal)), "no card is posted");
    }

    /// <summary>Sends a delivery of before again, as somebody who is not Teams would, and returns the statuses of the answers.</summary>
    public async Task<IReadOnlyList<int>> StrangersAsync()
    {
        var activity = Teams.Courier.Deliveries[0].Activity;
        List<AppAnswer> answers =
        [
            await Teams.Courier.SendAsync(activity, ""),
            await Teams.Courier.SendAsync(activity, Teams.Signing.For(activity, isForged: true)),
            await Teams.Courier.SendAsync(activity, Teams.Signing.For(activity, claims => claims["aud"] = "another")),
            await Teams.Courier.SendAsync(activity, Teams.Signing.For(activity, claims => claims["exp"] = 1)),
            await Teams.Courier.SendAsync(activity, Teams.Signing.For(activity, key: "web-1")),
        ];
        return [.. answers.Select(each => each.Status)];
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
