using System.Security.Cryptography;
using BotDispatch.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace BotDispatch.Tests.Storage;

public class KeyRingTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_secret_is_the_same_on_every_node_that_has_the_key_file(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.Get<KeyRing>().LoadAsync("callbacks", default);
        var nodes = Enumerable.Range(0, 5).Select(_ => ground.NewNode(environment: "Production")).ToList();
        await Task.WhenAll(nodes.Select(node => Task.Run(async () =>
        {
            await node.Get<KeyRing>().LoadAsync("callbacks", default);
            await node.Get<KeyRing>().LoadAsync("others", default);
        })));
        var secret = ground.Node.Get<KeyRing>()["callbacks"].ToArray();
        secret.Length.ShouldBe(32);
        nodes.ShouldAllBe(node => node.Get<KeyRing>()["callbacks"].ToArray().SequenceEqual(secret));
        nodes.Select(node => Convert.ToHexString(node.Get<KeyRing>()["others"].Span)).Distinct().Count().ShouldBe(1);
        (await ground.ReadAsync<string>("SELECT value FROM keys")).ShouldNotContain(Convert.ToBase64String(secret));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_one_node_protects_another_reads(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var hidden = ground.Node.Get<IDataProtectionProvider>().CreateProtector("tokens").Protect("xoxb-1");
        ground.NewNode().Get<IDataProtectionProvider>().CreateProtector("tokens").Unprotect(hidden).ShouldBe("xoxb-1");
        (await ground.ReadAsync<string>("SELECT value FROM keys WHERE name LIKE 'protection:%'")).ShouldHaveSingleItem().ShouldNotContain("<");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task The_wrong_key_file_is_named(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.Get<KeyRing>().LoadAsync("callbacks", default);
        var other = await FileAsync(ground, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var refused = await RefusedAsync(ground, "Production", other);
        refused.ShouldContain(other);
        refused.ShouldContain("not the one that this database was made with");
    }

    [Fact]
    public async Task Production_refuses_to_make_a_key_file()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        (await RefusedAsync(ground, "Production", "")).ShouldContain("Secrets:KeyFile is missing");
        (await RefusedAsync(ground, "Production", Path.Combine(ground.Folder, "none"))).ShouldContain("does not exist");
        Directory.GetFiles(ground.Folder, "*.key").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("not base64 at all!", "does not hold base64")]
    [InlineData("c2hvcnQ=", "holds 5 bytes; it must be 32")]
    [InlineData("", "holds 0 bytes")]
    public async Task A_key_file_that_holds_no_key_is_refused(string content, string because)
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        (await RefusedAsync(ground, "Production", await FileAsync(ground, content))).ShouldContain(because);
    }

    [Fact]
    public async Task Development_makes_a_key_file_beside_the_database_for_its_owner_alone()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await ground.NewNode(new() { ["Secrets:KeyFile"] = "" }).Get<KeyRing>().LoadAsync("callbacks", default);
        var file = Path.Combine(ground.Folder, "secrets.key");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    // 755 by habit, 644 as a file is made, 444 as Docker mounts a secret; 640 and 440 are read by the group that an administrator gave it to.
    [LinuxTheory]
    [InlineData("644", "read")]
    [InlineData("444", "read")]
    [InlineData("604", "read")]
    [InlineData("755", "read")]
    [InlineData("666", "read")]
    [InlineData("602", "write")]
    [InlineData("620", "write")]
    [InlineData("660", "write")]
    [InlineData("600", null)]
    [InlineData("400", null)]
    [InlineData("640", null)]
    [InlineData("440", null)]
    public async Task A_key_file_that_others_may_read_or_replace_is_refused_in_Production_and_warned_of_in_Development(string mode, string? exposed)
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        var file = await FileAsync(ground, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32(mode, 8));
        // As Kubernetes mounts it: the link's own mode says nothing.
        var link = file + ".link";
        File.CreateSymbolicLink(link, file);
        foreach (var named in (string[])[file, link])
        {
            if (exposed is null)
                await ground.NewNode(new() { ["Secrets:KeyFile"] = named }, "Production").Get<KeyRing>().LoadAsync("callbacks", default);
            else
                (await RefusedAsync(ground, "Production", named)).ShouldSatisfyAllConditions(
                    says => says.ShouldContain(named), says => says.ShouldContain(mode), says => says.ShouldContain($"may {exposed} it"), says => says.ShouldContain("chmod 600"));
            var log = new Warnings();
            await ground.NewNode(new() { ["Secrets:KeyFile"] = named }, log: log).Get<KeyRing>().LoadAsync("callbacks", default);
            log.Lines.Count(line => line.Contains(named)).ShouldBe(exposed is null ? 0 : 1);
        }
    }

    static async Task<string> FileAsync(Ground ground, string content)
    {
        var file = Path.Combine(ground.Folder, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(file, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    static async Task<string> RefusedAsync(Ground ground, string environment, string keyFile) =>
        (await Should.ThrowAsync<InvalidOperationException>(() => ground.NewNode(new() { ["Secrets:KeyFile"] = keyFile }, environment).Get<KeyRing>().LoadAsync("callbacks", default))).Message;
}
