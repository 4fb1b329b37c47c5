namespace RingPortal.Tests.Ring;

/// <summary>The signed payloads of contract 5.7, byte for byte: LF line ends, none after the last brace.</summary>
internal static class ContractPayloads
{
    public const string MotionDetectedHuman =
        """
        {"meta": {"version": "1.1", "time": "2026-09-21T14:18:21.412905118Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d101", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "ava1.ring.device.DEMOFRONTDOOR01_human_1790000300250", "type": "motion_detected", "subType": "human",
          "attributes": {"source": "ava1.ring.device.DEMOFRONTDOOR01", "source_type": "devices", "timestamp": 1790000300250},
          "relationships": {"devices": {"links": {"self": "/v1/devices/ava1.ring.device.DEMOFRONTDOOR01"}}}}}
        """;

    public const string MotionDetectedVehicle =
        """
        {"meta": {"version": "1.1", "time": "2026-09-21T14:19:02.000118734Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d102", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "ava1.ring.device.DEMOBACKYARD02_vehicle_1790000341080", "type": "motion_detected",
          "attributes": {"source": "ava1.ring.device.DEMOBACKYARD02", "source_type": "devices", "timestamp": 1790000341080, "sub_type": "vehicle", "timestamp_readable": "2026-09-21 14:19:01", "component_ids": ["1", "2"]},
          "relationships": {"devices": {"links": {"self": "/v1/devices/ava1.ring.device.DEMOBACKYARD02"}}}}}
        """;

    public const string ButtonPress =
        """
        {"meta": {"version": "1.1", "time": "2026-09-21T14:20:10.731004000Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d103", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "ava1.ring.device.DEMOFRONTDOOR01_button_press_1790000409905", "type": "button_press",
          "attributes": {"source": "ava1.ring.device.DEMOFRONTDOOR01", "source_type": "devices", "timestamp": 1790000409905},
          "relationships": {"devices": {"links": {"self": "/v1/devices/ava1.ring.device.DEMOFRONTDOOR01"}}}}}
        """;

    public const string DeviceAdded =
        """
        {"meta": {"version": "1.1", "time": "2026-09-21T14:13:25.118300921Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d104", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "ava1.ring.device.DEMOFRONTDOOR01_device_added_1790000004610", "type": "device_added",
          "attributes": {"source": "ava1.ring.device.DEMOFRONTDOOR01", "source_type": "devices", "timestamp": 1790000004610},
          "relationships": {"devices": {"links": {"self": "/v1/devices/ava1.ring.device.DEMOFRONTDOOR01"}}}}}
        """;

    public const string DeviceRemoved =
        """
        {"meta": {"version": "1.1", "time": "2026-09-21T15:02:40.900221007Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d105", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "ava1.ring.device.DEMOBACKYARD02_device_removed_1790002959771", "type": "device_removed",
          "attributes": {"source": "ava1.ring.device.DEMOBACKYARD02", "source_type": "devices", "timestamp": 1790002959771},
          "relationships": {"devices": {"links": {"self": "/v1/devices/ava1.ring.device.DEMOBACKYARD02"}}}}}
        """;

    public const string DeviceOnline =
        """
        {"meta": {"version": "1.1", "time": "2026-09-21T14:45:11.020000450Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d106", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "ava1.ring.device.DEMOFRONTDOOR01_device_online_1790001910000", "type": "device_online",
          "attributes": {"source": "ava1.ring.device.DEMOFRONTDOOR01", "source_type": "devices", "timestamp": 1790001910000},
          "relationships": {"devices": {"links": {"self": "/v1/devices/ava1.ring.device.DEMOFRONTDOOR01"}}}}}
        """;

    public const string DeviceOffline =
        """
        {"meta": {"version": "1.1", "time": "2026-09-21T14:40:06.553109284Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d107", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "ava1.ring.device.DEMOFRONTDOOR01_device_offline_1790001605000", "type": "device_offline",
          "attributes": {"source": "ava1.ring.device.DEMOFRONTDOOR01", "source_type": "devices", "timestamp": 1790001605000},
          "relationships": {"devices": {"links": {"self": "/v1/devices/ava1.ring.device.DEMOFRONTDOOR01"}}}}}
        """;

    public const string AppIntegrationAdded =
        """
        {"meta": {"version": "1.1", "time": "2026-09-21T14:16:58Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d108", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "evt-demo-0008", "type": "app_integration_added",
          "attributes": {"source": "ava1.ring.account.DEMOALPHA0001", "source_type": "users", "timestamp": 1790000217300}}}
        """;

    public const string AppIntegrationRemoved =
        """
        {"meta": {"version": "1.1", "time": "2026-09-21T16:00:31Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d109", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "evt-demo-0009", "type": "app_integration_removed",
          "attributes": {"source": "ava1.ring.account.DEMOALPHA0001", "source_type": "users", "timestamp": 1790006430120}}}
        """;

    public const string SubscriptionActivatedPaid =
        """
        {"meta": {"version": "1.1", "time": "2026-09-21T14:30:00Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d10a", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "evt-demo-0010", "type": "subscription_activated",
          "attributes": {"source": "subscriptions", "source_id": "sub-demo-7f2c1a", "sub_type": "paid", "plan_id": "6b0f7a52-3c1d-4e7b-9a44-0d5c2f8e1b63", "expires_at": "2026-10-21T00:00:00Z"},
          "relationships": {"devices": {"data": [{"type": "device", "id": "ava1.ring.device.DEMOFRONTDOOR01"}, {"type": "device", "id": "ava1.ring.device.DEMOBACKYARD02"}]}, "subscriptions": {"links": {"self": "/v1/accounts/me/subscriptions"}}}}}
        """;

    public const string SubscriptionActivatedTrial =
        """
        {"meta": {"version": "1.1", "time": "2026-09-21T14:31:00Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d10b", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "evt-demo-0011", "type": "subscription_activated",
          "attributes": {"source": "subscriptions", "source_id": "trial-demo-90b4ee", "sub_type": "trial", "plan_id": null, "expires_at": "2026-10-05T00:00:00Z"},
          "relationships": {"devices": {"data": [{"type": "device", "id": "ava1.ring.device.DEMOFRONTDOOR01"}]}, "subscriptions": {"links": {"self": "/v1/accounts/me/subscriptions"}}}}}
        """;

    public const string SubscriptionDeactivatedPaid =
        """
        {"meta": {"version": "1.1", "time": "2026-09-28T09:00:00Z", "request_id": "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d10c", "account_id": "ava1.ring.account.DEMOALPHA0001"},
         "data": {"id": "evt-demo-0012", "type": "subscription_deactivated",
          "attributes": {"source": "subscriptions", "source_id": "sub-demo-7f2c1a", "sub_type": "paid", "plan_id": "6b0f7a52-3c1d-4e7b-9a44-0d5c2f8e1b63"},
          "relationships": {"devices": {"data": [{"type": "device", "id": "ava1.ring.device.DEMOBACKYARD02"}]}, "subscriptions": {"links": {"self": "/v1/accounts/me/subscriptions"}}}}}
        """;

    public static TheoryData<string, string> Signed { get; } = new()
    {
        { MotionDetectedHuman, "sha256=ceabfe8824d8d584d3a8a5ba1c820983f874675ed39f36af378c4d3590b2bcd5" },
        { MotionDetectedVehicle, "sha256=ab150b090b27442019cd325ed49d3e9a2179fe40c38079eb5629e52519747a10" },
        { ButtonPress, "sha256=7344a7f3b8f944bf8c4dae815736d1127884ba8dc5ad3c7ab04c70eb70982328" },
        { DeviceAdded, "sha256=b008e02d653ae147977f4907e23b3d99934be8c83176aa20af975dbdabf572c0" },
        { DeviceRemoved, "sha256=1d0cc244c5bf1e460fd019a765f7306125406da78d27d6a26cba545a2416ada2" },
        { DeviceOnline, "sha256=8d59bf820eb807e65f2c6e775f78e440f7eecaae7e12a779469194cccfa30ff2" },
        { DeviceOffline, "sha256=541d75ac2ba3926684599f32047f625eba5d5f584f80640b48c7b1e7115cb858" },
        { AppIntegrationAdded, "sha256=493ecbfa9f679f3061415334e9d5814a7e2781df6d544db963450a5cd452bfd1" },
        { AppIntegrationRemoved, "sha256=07a48e6ff98c21bbd493be75029f4c755848825a53fdbe96701edba92e641c75" },
        { SubscriptionActivatedPaid, "sha256=81ebc4a2200c039df3ef18c790558cdfd1a274532f3aa3b8069359d876c39404" },
        { SubscriptionActivatedTrial, "sha256=dfb0712a9b79fe7eb97181662a833c560dd2a1f261ab03a252a09b34332dfc9f" },
        { SubscriptionDeactivatedPaid, "sha256=fd9465409ab047be2bed1415b23a508ddec4c969b315148253ebae75a5023e9b" },
    };
}
